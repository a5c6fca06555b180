package cairn.interop.blocks;

import cairn.dag.DagException;
import cairn.dag.car.CarExporter;
import cairn.dag.car.ExportOptions;
import cairn.dag.car.Exported;
import cairn.dag.chunker.ChunkerSpec;
import cairn.dag.codec.Codec;
import cairn.dag.codec.Octets;
import cairn.dag.codec.Value;
import cairn.dag.importer.ImportListener;
import cairn.dag.tree.ImportSource;
import cairn.blockstore.WriteSession;
import cairn.interop.blocks.Ware.Shape;
import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import cairn.multiformats.HashFunction;
import cairn.multiformats.Multicodec;
import cairn.node.Access;
import cairn.node.AddOptions;
import cairn.node.CairnNode;
import cairn.node.repo.ImportSettings;
import cairn.testkit.Keystream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Makes wares, in a repo of its own. The same ones each time.
public final class Wares implements Closeable {
    private static final int LINKS = 10;

    private final Path folder;
    private final CairnNode node;

    private Wares(Path folder, CairnNode node) {
        this.folder = folder;
        this.node = node;
    }

    /// @param folder an empty one, where all is kept
    public static Wares open(Path folder) throws IOException {
        return new Wares(folder, CairnNode.open(folder.resolve("repo"), Access.WRITE));
    }

    /// A file.
    ///
    /// @param chunk the bytes of its leaves
    public Ware file(String seed, long bytes, int chunk) throws IOException {
        Path file = folder.resolve(seed);
        try (InputStream content = Keystream.aesCtr(seed).stream(bytes)) {
            Files.copy(content, file);
        }
        return ware(Shape.FILE, added(file, chunk), Digests.ofFile(out -> Files.copy(file, out)));
    }

    /// A folder of files of the same size.
    public Ware folder(String seed, int files, int bytes) throws IOException {
        Path tree = Files.createDirectory(folder.resolve(seed));
        Map<String, String> digests = new TreeMap<>();
        for (int i = 0; i < files; i++) {
            byte[] content = Keystream.aesCtr(seed).bytes((long) i * bytes, bytes);
            String name = "file-%05d".formatted(i);
            Files.write(tree.resolve(name), content);
            digests.put(name, Digests.ofFile(out -> out.write(content)));
        }
        return ware(Shape.FOLDER, added(tree, 1 << 20), Digests.ofFolder(digests));
    }

    private Cid added(Path path, int chunk) throws IOException {
        var format =
                ImportSettings.of(node.config())
                        .rawLeaves(true)
                        .cidVersion(1)
                        .chunker(new ChunkerSpec.Size(chunk))
                        .build();
        return node.add(
                        List.of(ImportSource.path(path)),
                        AddOptions.of(format),
                        ImportListener.NONE)
                .getFirst()
                .cid();
    }

    /// A tree of dag-cbor in which every kind of value is.
    ///
    /// @param blocks how many it has at least
    public Ware cbor(int blocks) throws IOException {
        List<Cid> level = new ArrayList<>();
        int made = 0;
        try (WriteSession session = node.openSession()) {
            for (; made < blocks; made++) level.add(put(session, made, List.of()));
            while (level.size() > 1) {
                List<Cid> above = new ArrayList<>();
                for (int i = 0; i < level.size(); i += LINKS)
                    above.add(
                            put(
                                    session,
                                    made++,
                                    level.subList(i, Math.min(i + LINKS, level.size()))));
                level = above;
            }
            session.commit(List.of());
        }
        Cid root = level.getFirst();
        return ware(
                Shape.DAG,
                root,
                Digests.ofBlocks(sink -> CairnTrader.walk(node.source(), root, sink)));
    }

    private Cid put(WriteSession session, int number, List<Cid> links) throws IOException {
        HashFunction sha256 = node.hashes().find(Multicodec.SHA2_256).orElseThrow();
        Block block = Block.hashed(1, Multicodec.DAG_CBOR, sha256, cbor(number, links));
        session.put(block);
        return block.cid();
    }

    private static byte[] cbor(int number, List<Cid> links) throws DagException {
        return Codec.DAG_CBOR.encode(
                new Value.Entries(
                        List.of(
                                entry("n", Value.Int.of(number)),
                                entry("no", Value.NULL),
                                entry("minus", Value.Int.of(-number)),
                                entry("real", new Value.Real(number / 3.0)),
                                entry("text", Value.Text.of("Ünïcode " + number)),
                                entry("bytes", new Value.Bytes(Octets.utf8("bytes " + number))),
                                entry("truth", Value.Bool.of(number % 2 == 0)),
                                entry(
                                        "links",
                                        new Value.Items(
                                                links.stream()
                                                        .<Value>map(Value.Link::new)
                                                        .toList())))));
    }

    private static Value.Entry entry(String key, Value value) {
        return new Value.Entry(Value.Text.of(key), value);
    }

    private Ware ware(Shape shape, Cid root, String digest) throws IOException {
        Path archive = folder.resolve(root + ".car");
        try (FileChannel out =
                FileChannel.open(
                        archive, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            Exported exported =
                    new CarExporter(node.source(), ExportOptions.WHOLE).export(List.of(root), out);
            return new Ware(shape, root, archive, exported.blocks(), digest);
        }
    }

    @Override
    public void close() throws IOException {
        node.close();
    }
}
