package cairn.cli.network;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/// The end of a daemon that a signal asks for. The JVM waits for [#signalled], and is gone with it.
///
/// A daemon that is still coming up ends as soon as it is up. Where that takes too long, the
/// process goes without it: nothing is lost, as nobody was served yet, so that is no failure.
final class Ending {
    /// How long it may take; then it is made.
    static final Duration TIME = Duration.ofMillis(2800);

    private final Duration time;
    private final Consumer<String> messages;
    private final IntConsumer halt;
    private final CountDownLatch done = new CountDownLatch(1);
    private final AtomicReference<Optional<Runnable>> running =
            new AtomicReference<>(Optional.empty());
    private volatile boolean asked;

    /// @param messages is told why the process ends before the daemon has
    /// @param halt ends the process with an exit code
    Ending(Duration time, Consumer<String> messages, IntConsumer halt) {
        this.time = time;
        this.messages = messages;
        this.halt = halt;
    }

    /// From now on a signal ends the daemon so.
    ///
    /// @param end asks it to end
    void started(Runnable end) {
        running.set(Optional.of(end));
        if (asked) end.run();
    }

    /// The daemon has ended, or failed to start.
    void done() {
        done.countDown();
    }

    /// Ends the daemon, then the process.
    void signalled() {
        asked = true;
        if (done.getCount() == 0) return; // it has ended by itself
        running.get().ifPresent(Runnable::run);
        try {
            if (done.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
                halt.accept(0);
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        if (running.get().isEmpty()) {
            messages.accept("cairn: ended before the daemon was ready");
            halt.accept(0);
        } else {
            messages.accept(
                    "Error: the daemon didn't end in "
                            + time.toMillis()
                            + " ms, and was broken off");
            halt.accept(1);
        }
    }
}
