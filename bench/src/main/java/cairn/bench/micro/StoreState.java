package cairn.bench.micro;

import cairn.blockstore.Blockstore;
import cairn.blockstore.rocks.RocksStore;
import cairn.blockstore.WriteSession;
import cairn.multiformats.Block;
import cairn.multiformats.Hashes;
import cairn.multiformats.Multicodec;
import cairn.multiformats.UnknownHashException;
import cairn.testkit.Keystream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// A store in a temporary folder (of `java.io.tmpdir`), and blocks that were made for it.
final class StoreState implements AutoCloseable {
    private final Path dir;
    private final RocksStore store;
    private final int blockBytes;
    private long made;

    StoreState(int blockBytes) throws IOException {
        this.blockBytes = blockBytes;
        dir = Files.createTempDirectory("cairn-bench-store-");
        store = RocksStore.open(dir);
    }

    Blockstore blocks() {
        return store.blocks();
    }

    /// Blocks that aren't in the store.
    List<Block> make(int count) throws UnknownHashException {
        var sha = Hashes.jdk().forNewBlocks("sha2-256");
        List<Block> blocks = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            byte[] bytes = Keystream.aesCtr("block " + made++).bytes(0, blockBytes);
            blocks.add(Block.hashed(1, Multicodec.RAW, sha, bytes));
        }
        return blocks;
    }

    void put(List<Block> blocks) throws IOException {
        try (WriteSession session = store.blocks().openSession()) {
            for (Block block : blocks) session.put(block);
            session.commit(List.of());
        }
    }

    /// Closes the store and deletes it.
    @Override
    public void close() throws IOException {
        store.close();
        try (Stream<Path> all = Files.walk(dir)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) Files.delete(path);
        }
    }
}
