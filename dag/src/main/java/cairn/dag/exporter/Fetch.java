package cairn.dag.exporter;

import cairn.multiformats.Block;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// A block on its way. Whoever comes first does the work: a thread of the pool, or the one that
/// needs the block now.
final class Fetch {
    private final FutureTask<Block> task;

    Fetch(Callable<Block> work) {
        this.task = new FutureTask<>(work);
    }

    void run() {
        task.run();
    }

    /// The block, fetched here when nobody began it.
    ///
    /// @throws java.io.InterruptedIOException when the thread is interrupted while it waits
    Block await() throws IOException {
        task.run();
        try {
            return task.get();
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

    /// Gives up a fetch that nobody began.
    void cancel() {
        task.cancel(false);
    }
}
