package cairn.bench.soak;

import cairn.blockstore.Pin;
import cairn.blockstore.WriteSession;
import cairn.dag.BlockSink;
import cairn.dag.LinkName;
import cairn.dag.chunker.ChunkerSpec;
import cairn.dag.codec.Codec;
import cairn.dag.codec.Value;
import cairn.dag.importer.ImportListener;
import cairn.dag.importer.ImportOptions;
import cairn.dag.tree.ImportSource;
import cairn.dag.importer.Importer;
import cairn.dag.importer.Profile;
import cairn.dag.tree.TreeOptions;
import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import cairn.multiformats.HashFunction;
import cairn.multiformats.Hashes;
import cairn.multiformats.Multicodec;
import cairn.node.AddOptions;
import cairn.node.CairnNode;
import cairn.testkit.Keystream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.io.SequenceInputStream;

/// An item is a DAG that two numbers decide, so that whoever knows them can make it again and check
/// it. Items of one run share many of their blocks; no two have one root.
///
/// @param run the seed of the soak
/// @param number among the items of the run
record Item(long run, int number) {
    private static final int PIECE = 1 << 20;

    /// How many pieces of files all items share, and how many small contents.
    private static final int SHARED = 48;

    private static final int MAX_FILE = 40 << 20;
    private static final int SMALL_CHUNK = 64 << 10;

    /// What the DAG is like.
    enum Shape {
        FILE,
        LARGE_FILE,
        FOLDER,
        TINY_FILES,
        CBOR
    }

    private Random random() {
        return new Random(run * 1_000_003 + number * 7_919L);
    }

    Shape shape() {
        int choice = random().nextInt(20);
        if (choice < 8) return Shape.FILE;
        if (choice < 10) return Shape.LARGE_FILE;
        if (choice < 14) return Shape.FOLDER;
        return choice < 16 ? Shape.TINY_FILES : Shape.CBOR;
    }

    /// About how many bytes it takes in a store that has none of it.
    long size() {
        return switch (shape()) {
            case FILE, LARGE_FILE -> fileSize();
            case FOLDER -> 2 << 20;
            case TINY_FILES, CBOR -> 1 << 20;
        };
    }

    /// Of all orders of magnitude alike, up to 3 MB; large ones from there on.
    private int fileSize() {
        Random random = random();
        random.nextInt();
        if (shape() == Shape.LARGE_FILE) return 3_000_000 + random.nextInt(MAX_FILE - 3_000_000);
        int most = 8;
        for (int i = random.nextInt(6); i > 0; i--) most *= 10;
        return Long.BYTES + random.nextInt(most);
    }

    /// Adds the item to a node.
    ///
    /// @param pinName of its pin; null for none
    Cid addTo(CairnNode node, String pinName) throws IOException {
        if (shape() != Shape.CBOR) {
            boolean pin = pinName != null;
            AddOptions options =
                    new AddOptions(
                            format(), TreeOptions.DEFAULT, isFolder(), pin, pin ? pinName : "");
            return node.add(sources(), options, ImportListener.NONE).getFirst().cid();
        }
        try (WriteSession session = node.blocks().openSession()) {
            Cid root = cbor(session::put, node.hashes());
            session.commit(
                    pinName == null
                            ? List.of()
                            : List.of(new Pin(root, Pin.Mode.RECURSIVE, pinName)));
            return root;
        }
    }

    /// Makes all blocks of the item.
    ///
    /// @return its root
    Cid generate(BlockSink sink, Hashes hashes) throws IOException {
        if (shape() == Shape.CBOR) return cbor(sink, hashes);
        try (Importer importer =
                new Importer(format(), TreeOptions.DEFAULT, hashes, sink, ImportListener.NONE)) {
            return isFolder()
                    ? importer.importWrapped(sources()).cid()
                    : importer.importOne(sources().getFirst()).cid();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while " + this + " was made");
        }
    }

    boolean isFile() {
        return shape() == Shape.FILE || shape() == Shape.LARGE_FILE;
    }

    private boolean isFolder() {
        return shape() == Shape.FOLDER || shape() == Shape.TINY_FILES;
    }

    private ImportOptions format() {
        var builder = ImportOptions.builder(Profile.UNIXFS_V1_2025);
        return number % 3 == 0
                ? builder.chunker(new ChunkerSpec.Size(SMALL_CHUNK)).build()
                : builder.build();
    }

    private List<ImportSource> sources() {
        return switch (shape()) {
            case FILE, LARGE_FILE -> List.of(ImportSource.stream(LinkName.of("file"), content()));
            case FOLDER -> files(1 + random().nextInt(200), 20_000);
            case TINY_FILES -> files(500 + random().nextInt(3_000), 100);
            case CBOR -> throw new IllegalStateException("is made of blocks, not of files");
        };
    }

    /// The bytes of a file: pieces, about half of them shared, and what no other item has.
    InputStream content() {
        Random random = random();
        List<InputStream> pieces = new ArrayList<>();
        int left = fileSize() - Long.BYTES;
        for (int i = 0; left > 0; i++) {
            int length = Math.min(PIECE, left);
            boolean shared = random.nextBoolean();
            String name =
                    shared ? run + "-" + random.nextInt(SHARED) : run + "/" + number + "/" + i;
            pieces.add(Keystream.aesCtr(name).stream(length));
            left -= length;
        }
        pieces.add(new ByteArrayInputStream(mark()));
        return new SequenceInputStream(Collections.enumeration(pieces));
    }

    private byte[] mark() {
        return ByteBuffer.allocate(Long.BYTES).putLong(run * 31 + number).array();
    }

    private List<ImportSource> files(int count, int most) {
        Random random = random();
        List<ImportSource> files = new ArrayList<>();
        files.add(ImportSource.stream(LinkName.of("mark"), new ByteArrayInputStream(mark())));
        for (int i = 0; i < count; i++)
            files.add(
                    ImportSource.stream(
                            LinkName.of("file-" + i),
                            new ByteArrayInputStream(small(random, most))));
        return files;
    }

    /// A small content, from no bytes on, often one that other items have too.
    private byte[] small(Random random, int most) {
        Random from = random.nextInt(3) == 0 ? new Random(run + random.nextInt(SHARED)) : random;
        byte[] bytes = new byte[from.nextInt(most + 1)];
        from.nextBytes(bytes);
        return bytes;
    }

    /// A chain of nodes, each with leaves and links to any before it.
    private Cid cbor(BlockSink sink, Hashes hashes) throws IOException {
        Random random = random();
        HashFunction function = hashes.forNewBlocks(Multicodec.SHA2_256);
        List<Cid> nodes = new ArrayList<>();
        for (int i = 1 + random.nextInt(300); i > 0; i--) {
            List<Value> links = new ArrayList<>();
            for (int leaf = random.nextInt(4); leaf > 0; leaf--) {
                Block block = Block.hashed(1, Multicodec.RAW, function, small(random, 4_000));
                sink.put(block);
                links.add(new Value.Link(block.cid()));
            }
            if (!nodes.isEmpty()) {
                links.add(new Value.Link(nodes.getLast()));
                links.add(new Value.Link(nodes.get(random.nextInt(nodes.size()))));
            }
            nodes.add(node(sink, function, i, links));
        }
        return nodes.getLast();
    }

    private Cid node(BlockSink sink, HashFunction function, int level, List<Value> links)
            throws IOException {
        Value value =
                new Value.Entries(
                        List.of(
                                entry("item", Value.Int.of(run * 31 + number)),
                                entry("level", Value.Int.of(level)),
                                entry("links", new Value.Items(links))));
        Block block = Block.hashed(1, Multicodec.DAG_CBOR, function, Codec.DAG_CBOR.encode(value));
        sink.put(block);
        return block.cid();
    }

    private static Value.Entry entry(String key, Value value) {
        return new Value.Entry(Value.Text.of(key), value);
    }
}
