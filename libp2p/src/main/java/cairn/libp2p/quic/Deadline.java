package cairn.libp2p.quic;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.locks.Condition;

/// The time by which a stream's reads or writes must be done. Guarded by the lock of whose it is.
final class Deadline {
    /// A moment of [System#nanoTime], or never.
    record At(boolean ever, long nanos) {
        static final At NEVER = new At(false, 0);

        static At in(Duration fromNow) {
            return fromNow.isZero() ? NEVER : new At(true, System.nanoTime() + nanosOf(fromNow));
        }

        private static long nanosOf(Duration duration) {
            // Far beyond any use, and far from an overflow.
            return duration.compareTo(Duration.ofDays(365)) > 0
                    ? Duration.ofDays(365).toNanos()
                    : duration.toNanos();
        }
    }

    private At at = At.NEVER;

    void set(At next) {
        at = next;
    }

    /// @throws InterruptedIOException when it has passed
    void check() throws InterruptedIOException {
        if (at.ever() && at.nanos() - System.nanoTime() <= 0)
            throw new InterruptedIOException("the deadline of the stream has passed");
    }

    /// How long until it passes, in nanoseconds; not above zero when it has.
    long left() {
        return at.ever() ? at.nanos() - System.nanoTime() : Long.MAX_VALUE;
    }

    /// Waits for a condition's signal, or until it passes.
    ///
    /// @throws InterruptedIOException when it has passed, or the thread was interrupted
    @SuppressWarnings("WaitNotInLoop") // The caller's is the loop.
    void await(Condition condition) throws InterruptedIOException {
        try {
            if (at.ever()) {
                check();
                // The outcome doesn't matter: the caller looks again, and checks.
                long left = condition.awaitNanos(at.nanos() - System.nanoTime());
                if (left <= 0) check();
            } else {
                condition.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (InterruptedIOException)
                    new InterruptedIOException("interrupted while waiting for a stream")
                            .initCause(e);
        }
    }
}
