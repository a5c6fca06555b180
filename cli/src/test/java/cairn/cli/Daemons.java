package cairn.cli;

import cairn.node.NodeOptions;
import cairn.node.json.Json;
import cairn.rpc.Daemon;
import cairn.rpc.DaemonOptions;
import java.io.IOException;
import java.nio.file.Path;

/// Daemons of this program within the process of a test.
final class Daemons {
    private Daemons() {}

    /// Makes a repo whose daemon stays on loopback, at ports that are free, and asks nobody.
    static Path repo(Path folder) throws IOException {
        NodeOptions options = NodeOptions.DEFAULT;
        options.configure(folder, "Addresses.Swarm", Json.parse("[\"/ip4/127.0.0.1/tcp/0\"]"));
        options.configure(folder, "Addresses.API", Json.parse("[\"/ip4/127.0.0.1/tcp/0\"]"));
        options.configure(folder, "Bootstrap", Json.parse("[]"));
        options.configure(folder, "Discovery.MDNS.Enabled", Json.parse("false"));
        return folder;
    }

    static Daemon open(Path repo) throws IOException {
        return Daemon.open(
                new DaemonOptions(
                        repo, NodeOptions.DEFAULT, "1.2.3", "", new ServedCommands(repo), false));
    }

    /// Has a daemon connect to another.
    static void connect(Daemon from, Daemon to) throws IOException {
        from.network()
                .host()
                .swarm()
                .connect(to.network().host().id(), to.network().host().listenAddresses(), true);
    }
}
