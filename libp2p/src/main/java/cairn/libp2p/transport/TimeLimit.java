package cairn.libp2p.transport;

import java.io.Closeable;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/// A time limit on something that blocks: what it guards is closed when the time is up, which ends
/// every wait on it. Closing the limit takes it away.
public final class TimeLimit implements AutoCloseable {
    private enum State {
        RUNNING,
        PASSED,
        ENDED
    }

    private final AtomicReference<State> state = new AtomicReference<>(State.RUNNING);
    private final Duration time;
    private final Thread clock;

    private TimeLimit(Closeable guarded, Duration time) {
        this.time = time;
        this.clock = Thread.ofVirtual().name("time limit").unstarted(() -> run(guarded));
    }

    /// Starts the clock.
    public static TimeLimit on(Closeable guarded, Duration time) {
        TimeLimit limit = new TimeLimit(guarded, time);
        limit.clock.start();
        return limit;
    }

    private void run(Closeable guarded) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            return;
        }
        if (!state.compareAndSet(State.RUNNING, State.PASSED)) return;
        try {
            guarded.close();
        } catch (IOException e) {
            // It is closed all the same: whoever waits on it is told by the exception there.
            return;
        }
    }

    /// Takes the limit away, or says that it has passed.
    ///
    /// @throws SocketTimeoutException when it had passed: then what it guards is closed
    public void end() throws SocketTimeoutException {
        close();
        if (passed()) throw new SocketTimeoutException(message());
    }

    /// What to throw for a failure under the limit: that the time is up if it is, else the failure
    /// itself.
    public IOException explain(IOException failure) {
        if (!passed()) return failure;
        SocketTimeoutException late = new SocketTimeoutException(message());
        late.initCause(failure);
        return late;
    }

    /// Whether the time was up before the limit was taken away.
    public boolean passed() {
        return state.get() == State.PASSED;
    }

    private String message() {
        return "not done within " + time.toMillis() / 1000.0 + " s";
    }

    @Override
    public void close() {
        if (state.compareAndSet(State.RUNNING, State.ENDED)) clock.interrupt();
    }
}
