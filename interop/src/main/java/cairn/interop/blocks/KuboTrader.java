package cairn.interop.blocks;

import cairn.dag.car.CarReader;
import cairn.dag.car.CarSection;
import cairn.interop.KuboDaemon;
import cairn.interop.Workshop;
import cairn.multiformats.Cid;
import cairn.testkit.Folders;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A node of Kubo, in a process of its own.
public final class KuboTrader implements Trader {
    private final KuboDaemon kubo;
    private final Path folder;

    private KuboTrader(KuboDaemon kubo, Path folder) {
        this.kubo = kubo;
        this.folder = folder;
    }

    /// @param folder a new one, where its repo is and what it writes
    /// @param swarmKey the text of the key file of a private network, which has no QUIC
    public static KuboTrader start(Workshop workshop, Path folder, Optional<String> swarmKey)
            throws IOException {
        Files.createDirectories(folder);
        return new KuboTrader(KuboDaemon.start(workshop, folder.resolve("repo"), swarmKey), folder);
    }

    /// The daemon, to ask it other things.
    public KuboDaemon daemon() {
        return kubo;
    }

    @Override
    public String peerId() throws IOException {
        return kubo.peerId();
    }

    @Override
    public List<String> addresses() throws IOException {
        return kubo.addresses();
    }

    @Override
    public void dial(String address) throws IOException {
        kubo.api("swarm/connect", address);
    }

    @Override
    public void take(Path archive) throws IOException {
        Files.delete(kubo.run("dag", "import", archive.toString()));
    }

    /// It pins first, as it fetches a DAG for that on many threads, and reads it then.
    @Override
    public String fetch(Ware.Shape shape, Cid cid) throws IOException {
        String root = cid.toString();
        Files.delete(kubo.run("pin", "add", root));
        return switch (shape) {
            case FILE -> digestOf(kubo.run("cat", root));
            case FOLDER -> {
                Path got = folder.resolve(root);
                Files.delete(kubo.run("get", "-o", got.toString(), root));
                String digest = Digests.ofFolder(got);
                Folders.delete(got);
                yield digest;
            }
            case DAG -> {
                Path archive = kubo.run("dag", "export", "--progress=false", root);
                String digest = Digests.ofBlocks(sink -> read(archive, sink));
                Files.delete(archive);
                yield digest;
            }
        };
    }

    private static String digestOf(Path output) throws IOException {
        String digest = Digests.ofFile(out -> Files.copy(output, out));
        Files.delete(output);
        return digest;
    }

    private static void read(Path archive, Digests.Sink sink) throws IOException {
        try (InputStream in = Files.newInputStream(archive)) {
            CarReader reader = CarReader.open(in);
            Optional<CarSection> section = reader.nextSection();
            for (; section.isPresent(); section = reader.nextSection()) {
                byte[] block = new byte[section.get().size()];
                section.get().unverified().get(block);
                sink.take(block);
            }
        }
    }

    /// Ends its process at once, as a crash would.
    public void kill() {
        kubo.kill();
    }

    @Override
    public void close() throws IOException {
        kubo.close();
    }
}
