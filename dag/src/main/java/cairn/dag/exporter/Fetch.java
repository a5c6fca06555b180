package cairn.dag.exporter;

import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/// A block on its way. Whoever comes first does the work: a thread of the pool, which may find no
/// room for the block, or the one that needs it now.
final class Fetch implements Runnable {
    private final BlockFetcher fetcher;
    private final Cid cid;
    private final int claim;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final CompletableFuture<Optional<Block>> ahead = new CompletableFuture<>();

    /// @param claim how many bytes the block is said to have, from 0 to [Block#MAX_BYTES]
    Fetch(BlockFetcher fetcher, Cid cid, int claim) {
        this.fetcher = fetcher;
        this.cid = cid;
        this.claim = claim;
    }

    /// Fetches the block ahead, where nobody began and there is room.
    @Override
    public void run() {
        if (!begun.compareAndSet(false, true)) return;
        try {
            ahead.complete(fetcher.getAhead(cid, claim));
        } catch (IOException | RuntimeException | Error e) {
            ahead.completeExceptionally(e);
        }
    }

    /// The block, fetched here when nobody began it or there was no room. Called once.
    ///
    /// @throws java.io.InterruptedIOException when the thread is interrupted while it waits
    Block await() throws IOException {
        if (begun.compareAndSet(false, true)) return fetcher.get(cid);
        Optional<Block> block = arrived();
        if (block.isEmpty()) return fetcher.get(cid);
        fetcher.release(block.get());
        return block.get();
    }

    private Optional<Block> arrived() throws IOException {
        try {
            return ahead.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for a block");
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException cause -> throw cause;
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                default -> throw new IllegalStateException("a fetch failed", e.getCause());
            }
        }
    }

    /// Gives up a fetch that nobody will await: it isn't begun, or its block makes room again.
    void cancel() {
        if (begun.compareAndSet(false, true)) return;
        var _ = ahead.thenAccept(block -> block.ifPresent(fetcher::release));
    }
}
