package cairn.dag.exporter;

import cairn.multiformats.Cid;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/// A block on its way. Whoever comes first does the work: a thread of the pool, which may find no
/// room for the block, or the one that needs it now.
final class Fetch<T> implements Runnable {
    private final BlockFetcher fetcher;
    private final Fetching<T> how;
    private final Cid cid;
    private final int claim;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final AtomicBoolean settled = new AtomicBoolean();
    private final CompletableFuture<Optional<T>> ahead = new CompletableFuture<>();

    /// @param claim how many bytes the block is said to have, from 0 to
    ///   [cairn.multiformats.Block#MAX_BYTES]
    Fetch(BlockFetcher fetcher, Fetching<T> how, Cid cid, int claim) {
        this.fetcher = fetcher;
        this.how = how;
        this.cid = cid;
        this.claim = claim;
    }

    /// Fetches the block ahead, where nobody began and there is room.
    @Override
    public void run() {
        if (!begun.compareAndSet(false, true)) return;
        try {
            ahead.complete(fetcher.fetchAhead(how, cid, claim));
        } catch (IOException | RuntimeException | Error e) {
            ahead.completeExceptionally(e);
        }
    }

    /// The steps of a cursor over what is fetched. One that fails has lost its place: all later
    /// ones fail the same way. For one thread.
    static final class Steps {
        private Optional<Throwable> failure = Optional.empty();

        /// A step that may fail.
        @FunctionalInterface
        interface Step<S> {
            Optional<S> take() throws IOException;
        }

        <S> Optional<S> take(Step<S> step) throws IOException {
            if (failure.isPresent()) throw rethrown(failure.get());
            try {
                return step.take();
            } catch (IOException | RuntimeException | Error e) {
                failure = Optional.of(e);
                throw e;
            }
        }
    }

    /// The block, fetched here when nobody began it or there was no room. Called once. A wait that
    /// is interrupted gives the fetch up.
    ///
    /// @throws IllegalStateException when it was awaited or given up before
    /// @throws java.io.InterruptedIOException when the thread is interrupted while it waits
    T await() throws IOException {
        if (!settled.compareAndSet(false, true))
            throw new IllegalStateException("a second wait for " + cid);
        if (begun.compareAndSet(false, true)) return how.fetch(cid, claim);
        Optional<T> block = arrived();
        if (block.isEmpty()) return how.fetch(cid, claim);
        fetcher.release(how.size(block.get()));
        return block.get();
    }

    private Optional<T> arrived() throws IOException {
        try {
            return ahead.get();
        } catch (InterruptedException e) {
            dropWhenHere();
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for a block");
        } catch (ExecutionException e) {
            throw rethrown(e.getCause());
        }
    }

    private static IOException rethrown(Throwable failure) {
        return switch (failure) {
            case IOException cause -> cause;
            case RuntimeException cause -> throw cause;
            case Error cause -> throw cause;
            default -> throw new IllegalStateException("a fetch failed", failure);
        };
    }

    /// Gives up a fetch that nobody will await: it isn't begun, or its block makes room again. Of
    /// no effect on one that was awaited or given up.
    void cancel() {
        if (settled.compareAndSet(false, true) && !begun.compareAndSet(false, true)) dropWhenHere();
    }

    private void dropWhenHere() {
        var _ = ahead.thenAccept(block -> block.ifPresent(this::drop));
    }

    private void drop(T block) {
        fetcher.release(how.size(block));
        how.drop(block);
    }
}
