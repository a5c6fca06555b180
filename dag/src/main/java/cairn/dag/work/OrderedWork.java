package cairn.dag.work;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;

/// Work that many threads do at once, and whose results one thread takes in the order in which it
/// gave it out.
///
/// The owner, one thread, gives out and takes; it does the next piece itself where no worker has
/// begun it, so that one piece alone needs no worker at all. Workers are platform threads, one a
/// core and at least two, started with the second piece. What fails stops everything, for good.
///
/// **Limits:** pieces that are given out and not yet taken hold at most 32 MiB together, and are at
/// most 1024.
public final class OrderedWork implements AutoCloseable {
    /// The most bytes that pieces of work hold together, unless one alone holds more.
    public static final long MAX_BYTES = 32L << 20;

    /// The most pieces at once.
    public static final int MAX_PIECES = 1024;

    /// What the owner does with a result.
    @FunctionalInterface
    public interface Taker<T> {
        void take(T result) throws IOException;
    }

    /// A step for the owner that comes in order and has no work.
    @FunctionalInterface
    public interface Step {
        void run() throws IOException;
    }

    private record Piece<T>(FutureTask<T> task, long bytes, Taker<T> taker) {}

    // Of the owner alone.
    private final Deque<Piece<?>> pieces = new ArrayDeque<>();
    private long bytes;
    private FutureTask<?> heldBack;

    // Guarded by `this`.
    private ExecutorService workers;
    private final List<Thread> threads = new ArrayList<>();

    private volatile Throwable failure;
    private volatile boolean closed;

    /// Gives out a piece of work that holds so many bytes. Takes earlier results first where the
    /// limits ask for it, and those that are there anyway.
    ///
    /// @throws IOException what an earlier piece threw
    public <T> void give(long size, Callable<T> work, Taker<T> taker)
            throws IOException, InterruptedException {
        while (!pieces.isEmpty()
                && (bytes + size > MAX_BYTES
                        || pieces.size() >= MAX_PIECES
                        || pieces.peek().task.isDone())) take(pieces.remove());
        check();
        FutureTask<T> task = new FutureTask<>(() -> run(work));
        pieces.add(new Piece<>(task, size, taker));
        bytes += size;
        hand(task);
    }

    /// Runs a step once everything given out before is taken.
    public void then(Step step) throws IOException, InterruptedException {
        if (pieces.isEmpty()) {
            check();
            step.run();
            return;
        }
        FutureTask<Boolean> done = new FutureTask<>(() -> true);
        done.run();
        pieces.add(new Piece<>(done, 0, _ -> step.run()));
    }

    /// Takes all results.
    public void drain() throws IOException, InterruptedException {
        while (!pieces.isEmpty()) take(pieces.remove());
        check();
    }

    private <T> T run(Callable<T> work) throws Exception {
        if (failure != null || closed) throw new CancellationException();
        try {
            return work.call();
        } catch (IOException | RuntimeException | Error e) {
            if (failure == null) failure = e;
            throw e;
        }
    }

    private void hand(FutureTask<?> task) {
        synchronized (this) {
            if (closed) return;
            if (workers == null) {
                if (pieces.size() == 1) {
                    heldBack = task;
                    return;
                }
                int count = Math.max(2, Runtime.getRuntime().availableProcessors());
                workers = Executors.newFixedThreadPool(count, this::thread);
                if (heldBack != null) workers.execute(heldBack);
                heldBack = null;
            }
            workers.execute(task);
        }
    }

    /// Called by the pool, when work is handed to it.
    private Thread thread(Runnable work) {
        Thread thread = Thread.ofPlatform().name("ordered-work").daemon().unstarted(work);
        synchronized (this) {
            threads.add(thread);
        }
        return thread;
    }

    private <T> void take(Piece<T> piece) throws IOException, InterruptedException {
        check();
        bytes -= piece.bytes;
        piece.task.run();
        try {
            piece.taker.take(piece.task.get());
        } catch (ExecutionException e) {
            check();
            throw new IllegalStateException("work failed and left no reason", e);
        }
    }

    private void check() throws IOException, InterruptedException {
        if (Thread.interrupted()) throw new InterruptedException();
        if (closed) throw new IOException("the work was closed");
        switch (failure) {
            case null -> {}
            case IOException e -> throw e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case Throwable e -> throw new IllegalStateException(e);
        }
    }

    /// Stops all work and waits until no worker is left; an interrupt doesn't shorten that.
    @Override
    public void close() {
        List<Thread> running;
        synchronized (this) {
            closed = true;
            if (workers == null) return;
            workers.shutdownNow();
            running = List.copyOf(threads);
        }
        boolean interrupted = false;
        for (int i = 0; i < running.size(); ) {
            try {
                running.get(i).join();
                i++;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) Thread.currentThread().interrupt();
    }
}
