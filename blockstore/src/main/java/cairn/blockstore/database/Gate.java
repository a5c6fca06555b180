package cairn.blockstore.database;

import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// The gate keeps native calls off the carriers of virtual threads, which they would pin: a virtual
/// thread waits, unmounted, while one of a few platform threads makes the call. Platform threads
/// call directly.
final class Gate implements AutoCloseable {
    /// Enough for group commit to gather, few enough for memory.
    private static final int THREADS = 16;

    private static final long IDLE_SECONDS = 10;

    private final ExecutorService platform;

    Gate() {
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(
                        THREADS,
                        THREADS,
                        IDLE_SECONDS,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(),
                        Thread.ofPlatform().name("blockstore-", 0).daemon().factory());
        pool.allowCoreThreadTimeOut(true);
        platform = pool;
    }

    /// Makes a call that may be native. It is not interrupted: native code may hold its buffers.
    ///
    /// @throws java.util.concurrent.RejectedExecutionException when closed
    <T> T call(Callable<T> call) throws Exception {
        if (!Thread.currentThread().isVirtual()) return call.call();
        Future<T> future = platform.submit(call);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return future.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw asThrown(e);
                } catch (CancellationException e) {
                    throw new IllegalStateException("nothing cancels a call", e);
                }
            }
        } finally {
            if (interrupted) Thread.currentThread().interrupt();
        }
    }

    private static Exception asThrown(ExecutionException e) {
        return switch (e.getCause()) {
            case Exception exception -> exception;
            case Error error -> throw error;
            default -> e;
        };
    }

    @Override
    public void close() {
        platform.shutdown();
    }
}
