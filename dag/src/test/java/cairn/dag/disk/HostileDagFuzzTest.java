package cairn.dag.disk;

import static org.assertj.core.api.Assertions.assertThat;

import cairn.dag.LinkName;
import cairn.dag.MemoryDag;
import cairn.dag.PbLink;
import cairn.dag.UnixFs;
import cairn.dag.exporter.ReadAhead;
import cairn.dag.exporter.UnixFsDirectory;
import cairn.dag.exporter.UnixFsReader;
import cairn.dag.walk.DagWalk;
import cairn.dag.walk.Refs;
import cairn.dag.walk.RefsOptions;
import cairn.multiformats.Cid;
import cairn.multiformats.Multicodec;
import cairn.testkit.Folders;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Whatever a DAG holds, reading it ends in a result or an [IOException], and writing it to disk
/// touches nothing but its target.
class HostileDagFuzzTest {
    private static final UnixFs.Type[] TYPES = UnixFs.Type.values();
    private static final String[] NAMES = {
        "", ".", "..", "a", "A", "b", "/", "../x", "a/b", "/tmp", "\0", "00a", "0", "0a", "FFname"
    };

    @FuzzTest
    void any_dag(byte[] bytes) throws IOException {
        MemoryDag dag = new MemoryDag();
        Cid root = build(dag, ByteBuffer.wrap(bytes));
        Path folder = Files.createTempDirectory("hostile");
        try {
            Files.writeString(folder.resolve("beside"), "kept");
            write(dag, root, folder);
            try (Stream<Path> entries = Files.list(folder)) {
                assertThat(entries.map(p -> p.getFileName().toString()))
                        .allMatch(
                                n ->
                                        n.equals("beside")
                                                || n.equals("out")
                                                || n.startsWith(".out."));
            }
            assertThat(folder.resolve("beside")).hasContent("kept");
            walk(dag, root);
        } finally {
            Folders.delete(folder);
        }
    }

    /// A block of any bytes as the root.
    @FuzzTest
    void any_block(byte[] bytes) throws IOException {
        MemoryDag dag = new MemoryDag();
        Cid root = dag.put(Multicodec.DAG_PB, bytes);
        try (UnixFsReader reader = new UnixFsReader(dag, new ReadAhead(0, 2 << 20, 4))) {
            if (reader.open(root) instanceof UnixFsDirectory directory) list(directory);
        } catch (IOException e) {
            assertThat(e.getMessage()).isNotEmpty();
        }
    }

    private static void list(UnixFsDirectory directory) throws IOException {
        try (var entries = directory.entries()) {
            while (entries.next().isPresent()) assertThat(directory.cid()).isNotNull();
        }
    }

    /// Nodes that link to those before them, with names and sizes that may be wrong.
    private static Cid build(MemoryDag dag, ByteBuffer in) {
        List<Cid> made = new ArrayList<>();
        made.add(dag.raw("leaf"));
        while (in.hasRemaining() && made.size() < 12) {
            UnixFs data = UnixFs.of(TYPES[choice(in, TYPES.length)]);
            data = data.withData(ByteBuffer.wrap(some(in, 40)));
            List<PbLink> links = new ArrayList<>();
            List<Long> sizes = new ArrayList<>();
            for (int i = choice(in, 5); i > 0; i--) {
                LinkName name =
                        choice(in, 2) == 0
                                ? LinkName.of(NAMES[choice(in, NAMES.length)])
                                : LinkName.of(some(in, 6));
                links.add(new PbLink(made.get(choice(in, made.size())), name, choice(in, 100)));
                sizes.add((long) choice(in, 10));
            }
            if (choice(in, 2) == 0) data = data.withSizes(choice(in, 40), sizes);
            if (choice(in, 2) == 0) data = data.withShard(0x22, 1L << choice(in, 12));
            made.add(dag.node(data, links.toArray(PbLink[]::new)));
        }
        return made.getLast();
    }

    private static int choice(ByteBuffer in, int bound) {
        return in.hasRemaining() ? (in.get() & 0xff) % bound : 0;
    }

    private static byte[] some(ByteBuffer in, int most) {
        byte[] bytes = new byte[Math.min(choice(in, most + 1), in.remaining())];
        in.get(bytes);
        return bytes;
    }

    private static void write(MemoryDag dag, Cid root, Path folder) {
        try (UnixFsReader reader = new UnixFsReader(dag, new ReadAhead(0, 2 << 20, 4))) {
            new TarWriter(WriteListener.NONE)
                    .write(reader.open(root), LinkName.of("r"), OutputStream.nullOutputStream());
            new TreeWriter(new Recheck.ByHash(MemoryDag.HASHES), WriteListener.NONE, 1, false)
                    .write(reader.open(root), folder.resolve("out"), LinkName.of("r"));
        } catch (IOException e) {
            assertThat(e.getMessage()).isNotEmpty();
        }
    }

    private static void walk(MemoryDag dag, Cid root) {
        try {
            new DagWalk(dag).forEach(root, cid -> dag.get(cid).isPresent());
            new Refs(dag, new RefsOptions(4, true)).forEach(root, _ -> true);
        } catch (IOException e) {
            assertThat(e.getMessage()).isNotEmpty();
        }
    }
}
