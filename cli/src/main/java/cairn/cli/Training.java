package cairn.cli;

import cairn.cli.console.Messages;
import cairn.cli.console.Output;
import cairn.cli.console.Surroundings;
import cairn.multiformats.multiaddr.Multiaddr;
import cairn.dag.importer.Imported;
import cairn.node.online.OnlineNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/// The run from which the build makes the AOT cache: the commands that people start with, in one
/// process, so that later starts find the classes of all of them loaded and linked.
final class Training {
    private final Path folder;

    private Training(Path folder) {
        this.folder = folder;
    }

    /// @param args an empty folder to work in, and what to train: `commands` or `daemon`
    public static void main(String[] args) throws ReflectiveOperationException, IOException {
        // Loads what only a real start would: the class that the launcher names.
        MethodHandles.lookup().ensureInitialized(Main.class);
        Arguments.words(new String[] {"\ufffd"});
        Training training = new Training(Path.of(args[0]));
        if (args[1].equals("daemon")) training.runDaemon();
        else training.run();
    }

    private void run() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "training\n".repeat(1000));
        Path tree = Files.createDirectories(folder.resolve("tree/inner"));
        Files.writeString(tree.resolve("leaf"), "leaf\n");
        call("version");
        call("version", "--all");
        call("config", "Import.CidVersion", "--json", "1");
        call("add", file.toString());
        String cid = call("add", "-r", "-Q", tree.getParent().toString()).strip();
        call("cat", cid + "/inner/leaf");
        call("cat", "-o", "1", "-l", "2", cid + "/inner/leaf");
        call("ls", cid);
        call("--enc=json", "ls", "-l", cid);
        call("get", cid, "-o", folder.resolve("copy").toString());
        call("get", cid + "/inner/leaf", "-o", folder.resolve("leaf").toString());
        call("refs", "-r", cid);
        call("dag", "get", cid);
        call("dag", "stat", cid);
        call("dag", "export", cid);
        call("pin", "ls", "--type=recursive");
        call("pin", "rm", cid);
        call("pin", "add", cid);
        call("block", "get", cid);
        call("--enc=json", "block", "stat", cid);
        call("config", "show");
        call("config", "profile", "apply", "unixfs-v1-2025");
        call("cid", "format", "-b", "base36", "-f", "%P %s", cid);
        call("cid", "inspect", cid);
        call("cid", "codecs", "--numeric");
        call("multibase", "encode", file.toString());
        call("diag", "sys");
        call("id");
        call("bootstrap", "list");
        Files.writeString(folder.resolve("repo/api"), "/ip4/127.0.0.1/tcp/1\n");
        fail("swarm", "peers");
        call("add", "--help");
        call("help");
        fail("cat", cid + "/nothing");
        fail("cat", "bafy0");
        fail("add", folder.resolve("nothing").toString());
        fail("ad");
    }

    /// Runs a daemon on loopback and asks it what people ask. Where there is no loopback, daemons
    /// start a little slower.
    private void runDaemon() throws IOException {
        call("config", "--json", "Addresses.Swarm", LISTEN);
        call("config", "Addresses.API", "/ip4/127.0.0.1/tcp/0");
        call("config", "--json", "Bootstrap", "[]");
        call("config", "--bool", "Discovery.MDNS.Enabled", "false");
        Thread daemon = Thread.ofPlatform().daemon().start(this::daemon);
        try {
            Path api = folder.resolve("repo/api");
            for (int i = 0; i < PATIENCE && daemon.isAlive() && !Files.exists(api); i++)
                daemon.join(POLL);
            if (!Files.exists(api)) return;
            call("id", "-f", "<id>");
            call("swarm", "peers", "-v");
            call("swarm", "addrs", "local");
            call("limits");
            fail("swarm", "connect", "/ip4/127.0.0.1/tcp/1/p2p/" + call("id", "-f", "<id>"));
            trade();
            call("shutdown");
            daemon.join();
            fail("swarm", "peers");
            TrainingPeers.talk();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while a daemon was trained");
        }
    }

    /// The daemon fetches from another node, over each transport.
    private void trade() throws IOException {
        String repo = folder.resolve("other").toString();
        call("--repo-dir", repo, "init");
        call("--repo-dir", repo, "config", "--json", "Addresses.Swarm", LISTEN);
        call("--repo-dir", repo, "config", "--json", "Bootstrap", "[]");
        call("--repo-dir", repo, "config", "--bool", "Discovery.MDNS.Enabled", "false");
        try (OnlineNode other = OnlineNode.open(Path.of(repo))) {
            for (Multiaddr address : other.host().listenAddresses()) {
                String peer = address.withPeer(other.host().id()).toString();
                Imported file = other.local().add(traded());
                call("swarm", "connect", peer);
                call("refs", "-r", file.cid().toString());
                call("swarm", "disconnect", peer);
            }
        }
    }

    private Path traded() throws IOException {
        Path file = folder.resolve("traded");
        byte[] part = new byte[1 << 20];
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int i = 0; i < TRADED_MIB; i++) {
                ThreadLocalRandom.current().nextBytes(part);
                out.write(part);
            }
        }
        return file;
    }

    /// Enough that the compilers look at what moves blocks.
    private static final int TRADED_MIB = 128;

    private static final String LISTEN =
            "[\"/ip4/127.0.0.1/tcp/0\",\"/ip4/127.0.0.1/udp/0/quic-v1\"]";

    /// A tenth of a second, so many times.
    private static final Duration POLL = Duration.ofMillis(100);

    private static final int PATIENCE = 300;

    private void daemon() {
        try {
            call("daemon");
        } catch (IOException e) {
            System.err.println("cairn: starts of the daemon aren't trained: " + e.getMessage());
        }
    }

    private String call(String... words) throws IOException {
        return run(Outcome.DONE, words);
    }

    private void fail(String... words) throws IOException {
        run(Outcome.FAILED, words);
    }

    private String run(Outcome expected, String... words) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Surroundings surroundings =
                new Surroundings(
                        Map.of("CAIRN_PATH", folder.resolve("repo").toString()),
                        new ByteArrayInputStream(new byte[0]),
                        false,
                        new Output(Channels.newChannel(out), false),
                        new Messages(err, false),
                        "training");
        if (new Cli(surroundings).run(List.of(words)) != expected)
            throw new IOException(
                    String.join(" ", words) + ": " + err.toString(StandardCharsets.UTF_8));
        return out.toString(StandardCharsets.UTF_8);
    }
}
