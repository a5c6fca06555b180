package cairn.cli;

import cairn.cli.console.Invocation;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Ends the process when a command runs longer than its `--timeout`. A store survives that at any
/// moment, so nothing is asked to stop first.
final class Deadline implements AutoCloseable {
    /// Lets a wait with the same limit end first, which knows better what it waited for.
    private static final Duration GRACE = Duration.ofMillis(250);

    private final CountDownLatch disarmed = new CountDownLatch(1);

    private Deadline() {}

    static Deadline start(Invocation call) {
        Deadline deadline = new Deadline();
        Optional<Duration> timeout = call.globals().timeout();
        if (timeout.isPresent())
            Thread.ofPlatform()
                    .daemon()
                    .name("deadline")
                    .start(() -> deadline.await(timeout.get(), call));
        return deadline;
    }

    private void await(Duration timeout, Invocation call) {
        try {
            long nanos =
                    Math.min(timeout.plus(GRACE).toSeconds(), 1L << 32) * 1_000_000_000L
                            + timeout.plus(GRACE).toNanosPart();
            if (disarmed.await(nanos, TimeUnit.NANOSECONDS)) return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        call.messages()
                .say(
                        "Error: "
                                + call.usage().name()
                                + " timed out after "
                                + call.globals()
                                        .timeout()
                                        .map(t -> t.toMillis() / 1000.0)
                                        .orElse(0.0)
                                + " s; give it longer with --timeout");
        Runtime.getRuntime().halt(Outcome.FAILED.exitCode());
    }

    @Override
    public void close() {
        disarmed.countDown();
    }
}
