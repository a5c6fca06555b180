package cairn.cli;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// Runs a command of a daemon on a platform thread: it hashes, walks and calls the store for
/// seconds on end, and on a virtual thread it would keep a core from all connections meanwhile.
final class CommandThread {
    private CommandThread() {}

    /// What is run.
    @FunctionalInterface
    interface Work {
        void run() throws IOException;
    }

    /// Runs it, and waits until it has ended. An interrupt of the thread that waits interrupts it.
    static void run(String name, Work work) throws IOException {
        FutureTask<Boolean> task =
                new FutureTask<>(
                        () -> {
                            work.run();
                            return true;
                        });
        Thread thread = Thread.ofPlatform().daemon().name("command " + name).start(task);
        try {
            task.get();
        } catch (InterruptedException e) {
            thread.interrupt();
            joinUninterruptibly(thread);
            Thread.currentThread().interrupt();
            InterruptedIOException stopped = new InterruptedIOException("the command was stopped");
            stopped.initCause(e);
            throw stopped;
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException io -> throw io;
                case RuntimeException bug -> throw bug;
                case Error error -> throw error;
                default -> throw new IllegalStateException(e.getCause());
            }
        }
    }

    private static void joinUninterruptibly(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) Thread.currentThread().interrupt();
    }
}
