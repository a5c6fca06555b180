package cairn.dag.car;

import cairn.dag.BlockSource;
import cairn.dag.IdentityBlocks;
import cairn.dag.MissingBlockException;
import cairn.dag.importer.OrderedWork;
import cairn.dag.walk.DagWalk;
import cairn.dag.walk.Refs;
import cairn.dag.walk.RefsOptions;
import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Optional;

/// One export. The walk and the writing are one thread's; blocks that the walk doesn't read are
/// read by others, ahead of the writing.
final class ExportRun implements AutoCloseable {
    private final BlockSource source;
    private final ExportOptions options;
    private final CarWriter writer;
    private final OrderedWork work = new OrderedWork();
    private final DagWalk walk;
    private final Refs edges;

    /// What the walk read last, for the visit that follows; null when it found nothing.
    private Block walked;

    /// The last block that the walk didn't find.
    private Cid gap;

    private long blocks;
    private long missing;

    ExportRun(BlockSource source, ExportOptions options, CarWriter writer) {
        this.source = source;
        this.options = options;
        this.writer = writer;
        BlockSource read = new Walked();
        BlockSource walkable = options.localOnly() ? new Gaps(read, this::leaveOut) : read;
        this.walk = new DagWalk(walkable);
        this.edges = new Refs(walkable, new RefsOptions(-1, false));
    }

    /// The source as the walk sees it. Whether a block is there that the walk doesn't read is found
    /// out when it is written.
    private final class Walked implements BlockSource {
        @Override
        public Optional<Block> get(Cid cid) throws IOException {
            Optional<Block> block = source.get(cid);
            walked = block.orElse(null);
            return block;
        }

        @Override
        public boolean has(Cid cid) {
            return true;
        }
    }

    private void leaveOut(Cid cid) {
        gap = cid;
        missing++;
    }

    /// Writes what is below a root.
    void write(Cid root) throws IOException {
        if (options.duplicates()) {
            visit(root);
            edges.forEach(root, edge -> visit(edge.destination()));
        } else walk.forEach(root, this::visit);
    }

    private boolean visit(Cid cid) throws IOException {
        if (options.localOnly() && IdentityBlocks.isIdentity(cid)) return true;
        Block read = walked;
        try {
            if (read != null && read.cid().equals(cid))
                work.give(read.size(), () -> Optional.of(read), block -> put(cid, block));
            else if (!cid.equals(gap))
                work.give(Block.MAX_BYTES, () -> source.get(cid), block -> put(cid, block));
        } catch (InterruptedException e) {
            throw interrupted();
        }
        return true;
    }

    private void put(Cid cid, Optional<Block> block) throws IOException {
        if (block.isPresent()) {
            writer.put(block.get());
            blocks++;
        } else if (options.localOnly()) missing++;
        else throw new MissingBlockException(cid);
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
