package cairn.dag.exporter;

import cairn.dag.BlockSource;
import cairn.dag.IdentityBlocks;
import cairn.dag.MissingBlockException;
import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Fetches blocks on threads of its own, which start when first needed. Safe for use by many
/// threads at once.
///
/// **Limit:** blocks that were fetched ahead and not yet taken have at most twice [ReadAhead#bytes]
/// together, whatever is claimed of their sizes. A block that finds no room is dropped, and fetched
/// again by whoever takes it.
final class BlockFetcher implements AutoCloseable {
    private final BlockSource source;
    private final ReadAhead readAhead;
    private final Semaphore room;
    private final ThreadPoolExecutor threads;

    BlockFetcher(BlockSource source, ReadAhead readAhead) {
        this.source = IdentityBlocks.over(source);
        this.readAhead = readAhead;
        // Twice a stream's, which goes by claims: a leaf's node is a little larger than its bytes.
        this.room = new Semaphore(2 * (int) readAhead.bytes());
        this.threads =
                new ThreadPoolExecutor(
                        Math.max(1, readAhead.threads()),
                        Math.max(1, readAhead.threads()),
                        10,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(),
                        Thread.ofPlatform().daemon().name("read-ahead-", 0).factory());
        this.threads.allowCoreThreadTimeOut(true);
    }

    ReadAhead readAhead() {
        return readAhead;
    }

    /// The block, fetched by the caller.
    Block get(Cid cid) throws IOException {
        return source.get(cid).orElseThrow(() -> new MissingBlockException(cid));
    }

    /// The block, fetched before it is asked for; empty when there is no room for it.
    ///
    /// @param claim how many bytes it is said to have
    Optional<Block> getAhead(Cid cid, int claim) throws IOException {
        if (!room.tryAcquire(claim)) return Optional.empty();
        int unused = claim;
        try {
            Block block = get(cid);
            int more = block.size() - claim;
            if (more > 0 && !room.tryAcquire(more)) return Optional.empty();
            unused = Math.max(0, -more);
            return Optional.of(block);
        } finally {
            room.release(unused);
        }
    }

    /// Makes room again where a block that was fetched ahead is taken.
    void release(Block block) {
        room.release(block.size());
    }

    /// A fetch that a thread takes up when one is free, or whoever awaits it first.
    ///
    /// @param claim how many bytes the block is said to have, from 0 to [Block#MAX_BYTES]
    Fetch start(Cid cid, int claim) {
        Fetch fetch = new Fetch(this, cid, claim);
        if (readAhead.threads() > 0 && !threads.isShutdown()) threads.execute(fetch);
        return fetch;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
