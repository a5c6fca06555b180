package cairn.dag.car;

import cairn.dag.BlockSource;
import cairn.dag.IdentityBlocks;
import cairn.dag.MissingBlockException;
import cairn.dag.work.OrderedWork;
import cairn.dag.walk.DagWalk;
import cairn.dag.walk.Edge;
import cairn.dag.walk.Refs;
import cairn.dag.walk.RefsOptions;
import cairn.dag.walk.Visited;
import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Optional;
import java.util.concurrent.Callable;

/// One export. The walk and the writing are one thread's; blocks that the walk doesn't read are
/// read by others, ahead of the writing.
final class ExportRun implements AutoCloseable {
    private final BlockSource source;
    private final ExportOptions options;
    private final CarWriter writer;
    private final OrderedWork work = new OrderedWork();
    private final DagWalk walk;
    private final Refs edges;
    private long blocks;
    private long missing;

    ExportRun(BlockSource source, ExportOptions options, Visited visited, CarWriter writer) {
        this.source = source;
        this.options = options;
        this.writer = writer;
        // Whether a block is there that the walk doesn't read is found out when it is written.
        BlockSource walked = new LeavesUnasked(source);
        this.walk = new DagWalk(walked, visited);
        this.edges = new Refs(walked, new RefsOptions(-1, false));
    }

    private record LeavesUnasked(BlockSource blocks) implements BlockSource {
        @Override
        public Optional<Block> get(Cid cid) throws IOException {
            return blocks.get(cid);
        }

        @Override
        public boolean has(Cid cid) {
            return true;
        }
    }

    /// Writes what is below a root.
    void write(Cid root) throws IOException {
        if (options.duplicates()) writeEdges(root);
        else walk.forEach(root, new Once());
    }

    private final class Once implements DagWalk.Visitor {
        @Override
        public boolean visit(Cid leaf) throws IOException {
            return give(leaf);
        }

        @Override
        public boolean visit(Block node) throws IOException {
            return give(node);
        }

        @Override
        public void missing(Cid cid) throws IOException {
            leaveOut(cid);
        }
    }

    private void writeEdges(Cid root) throws IOException {
        Optional<Block> top = source.get(root);
        if (top.isEmpty()) {
            leaveOut(root);
            return;
        }
        give(top.get());
        edges.forEach(root, new EachTime());
    }

    private final class EachTime implements Refs.Visitor {
        @Override
        public boolean visit(Edge edge) throws IOException {
            return give(edge.destination());
        }

        @Override
        public boolean visit(Edge edge, Block node) throws IOException {
            return give(node);
        }

        @Override
        public void missing(Edge edge) throws IOException {
            leaveOut(edge.destination());
        }
    }

    private void leaveOut(Cid cid) throws MissingBlockException {
        if (!options.localOnly()) throw new MissingBlockException(cid);
        missing++;
    }

    /// A block that was read.
    private boolean give(Block block) throws IOException {
        return give(block.cid(), block.size(), () -> Optional.of(block));
    }

    /// A block that is read ahead of the writing.
    private boolean give(Cid cid) throws IOException {
        return give(cid, Block.MAX_BYTES, () -> source.get(cid));
    }

    private boolean give(Cid cid, int size, Callable<Optional<Block>> read) throws IOException {
        if (options.localOnly() && IdentityBlocks.isIdentity(cid)) return true;
        try {
            work.give(size, read, block -> put(cid, block));
        } catch (InterruptedException e) {
            throw interrupted();
        }
        return true;
    }

    private void put(Cid cid, Optional<Block> block) throws IOException {
        if (block.isPresent()) {
            writer.put(block.get());
            blocks++;
        } else leaveOut(cid);
    }

    /// Writes what is still held.
    Exported finish() throws IOException {
        try {
            work.drain();
        } catch (InterruptedException e) {
            throw interrupted();
        }
        writer.finish();
        return new Exported(blocks, writer.bytes(), missing);
    }

    private static InterruptedIOException interrupted() {
        Thread.currentThread().interrupt();
        return new InterruptedIOException("interrupted while an archive was written");
    }

    @Override
    public void close() {
        work.close();
    }
}
