package cairn.dag.disk;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/// Threads that write files, and a bound on the bytes that wait for them. The first failure is kept
/// and stops the rest.
final class WriterPool implements AutoCloseable {
    private static final int MAX_COST = 8 << 20;
    private static final int JOB_COST = 16 << 10;

    /// What a thread does.
    @FunctionalInterface
    interface Job {
        void run() throws IOException;
    }

    private final ExecutorService threads;
    private final Semaphore room = new Semaphore(MAX_COST);
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    WriterPool(int count) {
        threads =
                Executors.newFixedThreadPool(
                        count, Thread.ofPlatform().daemon().name("writer-", 0).factory());
    }

    /// Hands a job over, and waits while too much is waiting already.
    ///
    /// @param bytes that the job holds in memory
    /// @throws IOException when an earlier job failed
    void submit(long bytes, Job job) throws IOException {
        check();
        int cost = (int) Math.min(MAX_COST, JOB_COST + bytes);
        acquire(cost);
        threads.execute(
                () -> {
                    try {
                        if (failure.get() == null) job.run();
                    } catch (IOException | RuntimeException | Error e) {
                        failure.compareAndSet(null, e);
                    } finally {
                        room.release(cost);
                    }
                });
    }

    private void acquire(int cost) throws InterruptedIOException {
        try {
            room.acquire(cost);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while writing");
        }
    }

    /// Waits until all jobs are done.
    void await() throws IOException {
        acquire(MAX_COST);
        room.release(MAX_COST);
        check();
    }

    private void check() throws IOException {
        switch (failure.get()) {
            case null -> {}
            case IOException e -> throw e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case Throwable e -> throw new IllegalStateException(e);
        }
    }

    /// Waits for the jobs that run; those that wait are dropped.
    @Override
    public void close() {
        failure.compareAndSet(null, new InterruptedIOException("the write was given up"));
        threads.shutdown();
        boolean interrupted = false;
        while (true) {
            try {
                if (threads.awaitTermination(1, TimeUnit.MINUTES)) break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) Thread.currentThread().interrupt();
    }
}
