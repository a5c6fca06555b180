package cairn.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import cairn.cli.ServedCommands;
import cairn.multiformats.multiaddr.Multiaddr;
import cairn.node.NodeOptions;
import cairn.node.json.Json;
import cairn.rpc.Daemon;
import cairn.rpc.DaemonOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// kubo-rpc-client, which JavaScript programs call a node with, gets from a daemon of Cairn what it
/// gets from Kubo.
final class KuboRpcClientTest {
    private static final long PATIENCE_SECONDS = 60;

    @TempDir Path folder;

    private static void configure(Path repo, String key, String value) throws IOException {
        NodeOptions.DEFAULT.configure(repo, key, Json.parse(value));
    }

    private static Daemon daemon(Path repo) throws IOException {
        configure(repo, "Addresses.Swarm", "[\"/ip4/127.0.0.1/tcp/0\"]");
        configure(repo, "Addresses.API", "[\"/ip4/127.0.0.1/tcp/0\"]");
        configure(repo, "Bootstrap", "[]");
        configure(repo, "Discovery.MDNS.Enabled", "false");
        return Daemon.open(
                new DaemonOptions(
                        repo, NodeOptions.DEFAULT, "1.2.3", "", new ServedCommands(repo), false));
    }

    @Test
    void every_call_answers_what_the_client_expects() throws IOException, InterruptedException {
        Workshop workshop = Workshop.here();
        String node = RealPeers.orLeaveOut(workshop::node);
        Path said = folder.resolve("said");
        try (Daemon daemon = daemon(folder.resolve("repo"))) {
            Multiaddr api = daemon.apiAddresses().getFirst();
            String url = "http://127.0.0.1:" + api.components().get(1).value() + "/api/v0";
            String script = workshop.folder().resolve("js/rpc.mjs").toString();
            Process client =
                    new ProcessBuilder(List.of(node, script, url))
                            .redirectErrorStream(true)
                            .redirectOutput(said.toFile())
                            .start();
            try {
                assertThat(client.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            } finally {
                client.destroyForcibly();
            }
        }
        assertThat(Files.readString(said, UTF_8).lines())
                .containsExactly(
                        "add a file",
                        "add with progress",
                        "add a folder",
                        "add wrapped, without storing",
                        "add fails where a path leads elsewhere",
                        "cat",
                        "get",
                        "ls",
                        "refs",
                        "pin",
                        "block",
                        "dag",
                        "repo",
                        "config",
                        "node");
    }
}
