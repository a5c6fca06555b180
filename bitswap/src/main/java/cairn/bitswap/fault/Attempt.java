package cairn.bitswap.fault;

import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/// An attempt is a task that nobody expects to fail, and whose failure, a mistake in this program,
/// ends nothing beside it.
public final class Attempt {
    private Attempt() {}

    /// Runs a task on this thread.
    ///
    /// @return what it threw
    public static Optional<Throwable> at(Runnable task) {
        FutureTask<Boolean> attempt = new FutureTask<>(task, true);
        attempt.run();
        return attempt.state() == Future.State.FAILED
                ? Optional.of(attempt.exceptionNow())
                : Optional.empty();
    }
}
