package cairn.interop;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// Work on threads of its own, whose first failure is that of whoever waits for it.
final class Parallel implements AutoCloseable {
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Future<?>> running = new ArrayList<>();

    interface Work {
        void run() throws IOException;
    }

    interface NumberedWork {
        void run(int worker) throws IOException;
    }

    /// Does something so many times, on so many threads.
    static void times(int count, int atOnce, NumberedWork work) throws IOException {
        AtomicInteger left = new AtomicInteger(count);
        try (Parallel all = new Parallel()) {
            for (int worker = 0; worker < Math.max(atOnce, 1); worker++) {
                int number = worker;
                all.run(
                        () -> {
                            while (left.getAndDecrement() > 0) work.run(number);
                        });
            }
            all.join();
        }
    }

    void run(Work work) {
        running.add(
                threads.submit(
                        () -> {
                            work.run();
                            return null;
                        }));
    }

    /// Waits for all of it.
    void join() throws IOException {
        for (Future<?> one : running) {
            try {
                one.get();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while working in parallel");
            } catch (ExecutionException e) {
                if (e.getCause() instanceof IOException failed) throw failed;
                throw new IllegalStateException(e.getCause());
            }
        }
    }

    /// Ends what still runs.
    @Override
    public void close() {
        threads.shutdownNow();
        threads.close();
    }
}
