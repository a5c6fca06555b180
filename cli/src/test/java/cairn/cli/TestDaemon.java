package cairn.cli;

import cairn.node.NodeOptions;
import cairn.node.json.Json;
import cairn.rpc.Daemon;
import cairn.rpc.DaemonOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

/// A daemon on loopback that knows nobody, with the commands that run where the store is.
final class TestDaemon implements AutoCloseable {
    private final Daemon daemon;

    private TestDaemon(Daemon daemon) {
        this.daemon = daemon;
    }

    /// Starts one over a repo, made where there is none.
    static TestDaemon start(Path repo) throws IOException {
        NodeOptions options = NodeOptions.DEFAULT;
        options.configure(repo, "Addresses.Swarm", Json.parse("[\"/ip4/127.0.0.1/tcp/0\"]"));
        options.configure(repo, "Addresses.API", Json.parse("[\"/ip4/127.0.0.1/tcp/0\"]"));
        options.configure(repo, "Bootstrap", Json.parse("[]"));
        options.configure(repo, "Discovery.MDNS.Enabled", Json.parse("false"));
        return new TestDaemon(
                Daemon.open(
                        new DaemonOptions(
                                repo, options, "1.2.3", "", new ServedCommands(repo), false)));
    }

    /// The address of a call.
    URI uri(String call) {
        return URI.create("http://127.0.0.1:" + port() + "/api/v0/" + call);
    }

    int port() {
        var parts = daemon.apiAddresses().getFirst().components();
        return Integer.parseInt(parts.get(1).value());
    }

    @Override
    public void close() throws IOException {
        daemon.close();
    }
}
