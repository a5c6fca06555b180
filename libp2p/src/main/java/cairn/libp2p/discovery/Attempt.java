package cairn.libp2p.discovery;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An attempt to connect to a peer, made by nobody's order: whatever becomes of it, the thread that
/// makes it goes on. Failures that are to be expected are told at the level debug, others, which
/// are bugs, as warnings.
final class Attempt {
    private static final Logger LOG = LoggerFactory.getLogger(Attempt.class);

    private Attempt() {}

    /// Makes the attempt, on the thread that calls.
    ///
    /// @param what it is for, in words for the log
    /// @param connecting throws an [IOException] when it fails
    /// @return what came of it; empty when it failed
    static <T> Optional<T> make(String what, Callable<T> connecting) throws InterruptedException {
        FutureTask<T> task = new FutureTask<>(connecting);
        task.run();
        try {
            return Optional.of(task.get());
        } catch (ExecutionException e) {
            if (Thread.interrupted() || e.getCause() instanceof InterruptedIOException)
                throw new InterruptedException();
            if (e.getCause() instanceof IOException) LOG.debug("{}: {}", what, e.getMessage());
            else LOG.warn("{} failed unexpectedly: {}", what, e.getMessage());
            LOG.debug("{}", what, e.getCause());
            return Optional.empty();
        }
    }
}
