package cairn.dag.exporter;

import cairn.dag.BlockSource;
import cairn.dag.IdentityBlocks;
import cairn.dag.MissingBlockException;
import cairn.multiformats.Block;
import cairn.multiformats.Cid;

import java.io.IOException;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
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
    private final LeafBuffers buffers;
    private final ThreadPoolExecutor threads;

    BlockFetcher(BlockSource source, ReadAhead readAhead) {
        this.source = IdentityBlocks.over(source);
        this.readAhead = readAhead;
        // Twice a stream's, which goes by claims: a leaf's node is a little larger than its bytes.
        this.room = new Semaphore(2 * (int) readAhead.bytes());
        this.buffers = new LeafBuffers(2 * readAhead.bytes());
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
    <T> Optional<T> fetchAhead(Fetching<T> how, Cid cid, int claim) throws IOException {
        if (!room.tryAcquire(claim)) return Optional.empty();
        int unused = claim;
        try {
            T block = how.fetch(cid, claim);
            int more = how.size(block) - claim;
            if (more > 0 && !room.tryAcquire(more)) {
                how.drop(block);
                return Optional.empty();
            }
            unused = Math.max(0, -more);
            return Optional.of(block);
        } finally {
            room.release(unused);
        }
    }

    /// Makes room again where a block that was fetched ahead is taken.
    void release(int size) {
        room.release(size);
    }

    /// The bytes that there is room for; all of it where nothing was fetched ahead.
    int freeRoom() {
        return room.availablePermits();
    }

    /// How many leaves are in a buffer and not given back.
    int leasedBuffers() {
        return buffers.leased();
    }

    /// A fetch that a thread takes up when one is free, or whoever awaits it first.
    ///
    /// @param claim how many bytes the block is said to have, from 0 to [Block#MAX_BYTES]
    Fetch<Block> start(Cid cid, int claim) {
        return start(new Fetch<>(this, asBlock, cid, claim));
    }

    /// The same for a raw leaf, whose bytes are given back by whoever awaits them.
    Fetch<LeafBytes> startLeaf(Cid cid, int claim) {
        return start(new Fetch<>(this, asLeaf, cid, claim));
    }

    private <T> Fetch<T> start(Fetch<T> fetch) {
        if (readAhead.threads() == 0) return fetch;
        try {
            threads.execute(fetch);
        } catch (RejectedExecutionException e) {
            // The reader was closed: whoever awaits the block fetches it.
            return fetch;
        }
        return fetch;
    }

    private final Fetching<Block> asBlock =
            new Fetching<>() {
                @Override
                public Block fetch(Cid cid, int claim) throws IOException {
                    return get(cid);
                }

                @Override
                public int size(Block block) {
                    return block.size();
                }

                @Override
                public void drop(Block block) {
                    // Nothing but the collector waits for it.
                }
            };

    private final Fetching<LeafBytes> asLeaf =
            new Fetching<>() {
                @Override
                public LeafBytes fetch(Cid cid, int claim) throws IOException {
                    Optional<ByteBuffer> room = buffers.lease(claim);
                    return room.isPresent()
                            ? into(room.get(), cid)
                            : LeafBytes.owned(get(cid).data());
                }

                @Override
                public int size(LeafBytes leaf) {
                    return leaf.size();
                }

                @Override
                public void drop(LeafBytes leaf) {
                    leaf.giveBack();
                }
            };

    private LeafBytes into(ByteBuffer buffer, Cid cid) throws IOException {
        boolean filled = false;
        try {
            if (source.get(cid, buffer).isEmpty()) throw new MissingBlockException(cid);
            filled = true;
            return LeafBytes.leased(buffer.flip(), buffers);
        } catch (BufferOverflowException e) {
            // More than was claimed: whoever awaits it will say so.
            return LeafBytes.owned(get(cid).data());
        } finally {
            if (!filled) buffers.giveBack(buffer);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    /// Waits until the threads of a closed fetcher are done.
    void awaitThreads() throws InterruptedException {
        boolean done = false;
        while (!done) done = threads.awaitTermination(1, TimeUnit.MINUTES);
    }
}
