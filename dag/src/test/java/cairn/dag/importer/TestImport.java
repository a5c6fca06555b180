package cairn.dag.importer;

import cairn.dag.tree.ImportSource;
import cairn.dag.tree.TreeOptions;
import cairn.dag.BlockSink;
import cairn.dag.LinkName;
import cairn.dag.PbLink;
import cairn.dag.PbNode;
import cairn.dag.UnixFs;
import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import cairn.multiformats.Hashes;
import cairn.multiformats.Multicodec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;

/// An import into memory, and what it did.
final class TestImport implements BlockSink, ImportListener {
    final Map<Cid, Block> blocks = new ConcurrentHashMap<>();
    final List<Imported> entries = new ArrayList<>();
    final List<Long> progress = new ArrayList<>();
    ImportOptions options = ImportOptions.of(Profile.UNIXFS_V1_2025);
    TreeOptions tree = TreeOptions.DEFAULT;
    boolean hearsAdded = true;

    static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    TestImport options(ImportOptionsBuilder builder) {
        options = builder.build();
        return this;
    }

    TestImport tree(TreeOptions options) {
        tree = options;
        return this;
    }

    Imported path(Path path) throws IOException, InterruptedException {
        try (Importer importer = importer(this)) {
            return importer.importOne(ImportSource.path(path));
        }
    }

    Imported bytes(byte[] bytes) throws IOException, InterruptedException {
        try (Importer importer = importer(this)) {
            return importer.importOne(
                    ImportSource.stream(LinkName.EMPTY, new ByteArrayInputStream(bytes)));
        }
    }

    Importer importer(BlockSink sink) throws IOException {
        return new Importer(options, tree, Hashes.jdk(), sink, this);
    }

    @Override
    public void put(Block block) {
        blocks.put(block.cid(), block);
    }

    @Override
    public boolean hearsAdded() {
        return hearsAdded;
    }

    @Override
    public void added(Imported entry) {
        entries.add(entry);
    }

    @Override
    public void progress(long bytes) {
        progress.add(bytes);
    }

    List<String> names() {
        return entries.stream().map(e -> e.path().toString()).toList();
    }

    PbNode node(Cid cid) throws IOException {
        return PbNode.decode(blocks.get(cid).data());
    }

    UnixFs unixFs(Cid cid) throws IOException {
        return UnixFs.decode(node(cid).data().orElseThrow());
    }

    /// The bytes of a file, put together again.
    byte[] content(Cid cid) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        write(cid, out);
        return out.toByteArray();
    }

    private void write(Cid cid, ByteArrayOutputStream out) throws IOException {
        if (cid.hash().function().equals(Multicodec.IDENTITY)) {
            out.writeBytes(cid.hash().digest());
        } else if (cid.codec().equals(Multicodec.RAW)) {
            out.writeBytes(blocks.get(cid).bytes());
        } else {
            unixFs(cid)
                    .data()
                    .ifPresent(
                            data -> {
                                byte[] bytes = new byte[data.remaining()];
                                data.get(bytes);
                                out.writeBytes(bytes);
                            });
            for (PbLink link : node(cid).links()) write(link.cid(), out);
        }
    }
}
