package cairn.node;

import cairn.blockstore.Blockstore;
import cairn.dag.BlockSource;
import cairn.dag.IdentityBlocks;
import cairn.dag.MissingBlockException;
import cairn.dag.walk.DagWalk;
import cairn.dag.walk.Visited;
import cairn.multiformats.Cid;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// How much DAGs take: each alone, in which no block counts twice, and all of them together.
///
/// @param dags in the order in which they were asked for
/// @param distinct blocks of all of them, each once
/// @param bytes of those blocks
public record DagSizes(List<Size> dags, long distinct, long bytes) {
    public DagSizes {
        dags = List.copyOf(dags);
    }

    /// The size of one DAG.
    public record Size(Cid root, long blocks, long bytes) {}

    /// What [#of] calls while it goes.
    @FunctionalInterface
    public interface Progress {
        /// @param blocks that were found up to now, in all
        void found(long blocks, long bytes) throws IOException;
    }

    /// The bytes of all DAGs, those counted again that are in several.
    public long redundantBytes() {
        return dags.stream().mapToLong(Size::bytes).sum();
    }

    /// Walks DAGs. Blocks that link to nothing are not read. One root is walked once, several are
    /// twice: alone, and without what those before it have.
    ///
    /// @param visited makes what remembers the blocks of one walk
    /// @throws MissingBlockException when a block is missing; it names it
    static DagSizes of(
            List<Cid> roots,
            BlockSource source,
            Blockstore store,
            Supplier<Visited> visited,
            Progress progress)
            throws IOException {
        Counter counter = new Counter(store, progress);
        List<Size> dags = new ArrayList<>();
        for (Cid root : roots) dags.add(counter.count(root, new DagWalk(source, visited.get())));
        if (dags.size() == 1)
            return new DagSizes(dags, dags.getFirst().blocks, dags.getFirst().bytes);
        DagWalk all = new DagWalk(source, visited.get());
        long distinct = 0;
        long bytes = 0;
        for (Cid root : roots) {
            Size more = counter.count(root, all);
            distinct += more.blocks;
            bytes += more.bytes;
        }
        return new DagSizes(dags, distinct, bytes);
    }

    private static final class Counter {
        private final Blockstore store;
        private final Progress progress;
        private long blocks;
        private long bytes;

        Counter(Blockstore store, Progress progress) {
            this.store = store;
            this.progress = progress;
        }

        Size count(Cid root, DagWalk walk) throws IOException {
            long blocksBefore = blocks;
            long bytesBefore = bytes;
            walk.forEach(
                    root,
                    cid -> {
                        blocks++;
                        bytes += size(cid);
                        progress.found(blocks, bytes);
                        return true;
                    });
            return new Size(root, blocks - blocksBefore, bytes - bytesBefore);
        }

        private long size(Cid cid) throws IOException {
            if (IdentityBlocks.isIdentity(cid)) return cid.hash().digestSize();
            return store.size(cid.hash()).orElseThrow(() -> new MissingBlockException(cid));
        }
    }
}
