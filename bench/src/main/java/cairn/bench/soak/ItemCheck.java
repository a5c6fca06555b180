package cairn.bench.soak;

import cairn.blockstore.Pin;
import cairn.dag.exporter.UnixFsFile;
import cairn.dag.exporter.UnixFsReader;
import cairn.dag.path.DagPath;
import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import cairn.multiformats.Multihash;
import cairn.node.CairnNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BiConsumer;

/// Checks that items are in a node, byte for byte.
///
/// @param met is told the hash and length of each block that must be there
record ItemCheck(CairnNode node, BiConsumer<Multihash, Integer> met) {
    private static final int BUFFER = 64 << 10;

    ItemCheck(CairnNode node) {
        this(node, (hash, length) -> {});
    }

    /// Checks what a pin keeps of an item.
    ///
    /// @return the root
    Cid check(Item item, Pin.Mode mode) throws IOException {
        return switch (mode) {
            case DIRECT -> {
                Cid root = item.generate(block -> {}, node.hashes());
                item.generate(
                        block -> {
                            if (block.cid().equals(root)) check(item, block);
                        },
                        node.hashes());
                yield root;
            }
            case RECURSIVE -> {
                Cid root = item.generate(block -> check(item, block), node.hashes());
                if (item.isFile()) read(item, root);
                yield root;
            }
        };
    }

    private void check(Item item, Block block) throws IOException {
        Optional<Block> found;
        try {
            found = node.blocks().get(block.cid());
        } catch (IOException e) {
            throw new FindingException(item + ": " + e.getMessage(), e);
        }
        if (found.isEmpty()) throw new FindingException(item + " lacks block " + block.cid());
        if (!Arrays.equals(found.get().bytes(), block.bytes()))
            throw new FindingException(item + " has other bytes in block " + block.cid());
        synchronized (met) {
            met.accept(block.cid().hash(), block.size());
        }
    }

    /// Reads a file as `cat` does.
    private void read(Item item, Cid root) throws IOException {
        try (UnixFsReader reader = node.reader();
                InputStream wanted = item.content()) {
            UnixFsFile file = reader.openFile(DagPath.parse(root.toString()));
            try (InputStream found = file.openStream()) {
                byte[] some = new byte[BUFFER];
                for (int n = found.readNBytes(some, 0, BUFFER);
                        n > 0;
                        n = found.readNBytes(some, 0, BUFFER)) {
                    byte[] same = wanted.readNBytes(n);
                    if (!Arrays.equals(same, 0, same.length, some, 0, n))
                        throw new FindingException(item + " reads as other bytes");
                }
            }
            if (wanted.read() >= 0) throw new FindingException(item + " reads as too few bytes");
        }
    }
}
