package cairn.bitswap.server;

import cairn.bitswap.LocalBlocks;
import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import cairn.multiformats.Multihash;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/// Blocks in memory. It counts what it is asked, can be told to make readers wait, and to fail.
final class MemoryBlocks implements LocalBlocks {
    final AtomicInteger lookups = new AtomicInteger();
    final AtomicInteger reads = new AtomicInteger();
    private final Map<Multihash, Block> blocks = new ConcurrentHashMap<>();
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private final AtomicBoolean surprising = new AtomicBoolean();
    private volatile boolean broken;

    Block add(Block block) {
        blocks.put(block.cid().hash(), block);
        return block;
    }

    void remove(Cid cid) {
        blocks.remove(cid.hash());
    }

    /// Throws what no store should, once.
    void surprise() {
        surprising.set(true);
    }

    void fail() {
        broken = true;
    }

    /// Lets nobody in until [#release].
    void hold() {
        gate = new CountDownLatch(1);
    }

    void release() {
        gate.countDown();
    }

    @Override
    public OptionalInt size(Cid cid) throws IOException {
        lookups.incrementAndGet();
        return found(cid).map(block -> OptionalInt.of(block.size())).orElse(OptionalInt.empty());
    }

    @Override
    public Optional<Block> get(Cid cid) throws IOException {
        reads.incrementAndGet();
        return found(cid).map(block -> Block.stored(cid, block.bytes()));
    }

    private Optional<Block> found(Cid cid) throws IOException {
        if (surprising.getAndSet(false)) throw new IllegalStateException("a bug");
        if (broken) throw new IOException("the disk is on fire");
        Optional<Block> found = Optional.ofNullable(blocks.get(cid.hash()));
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
        return found;
    }
}
