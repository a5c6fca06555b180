package cairn.rpc.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.Callback;

/// A watch over the client of one request: when its end of the connection closes, or its time is
/// over, the thread that works for it is interrupted.
///
/// HTTP alone notices that a client has gone when it writes to it. So the connection is watched
/// below HTTP, and serves this one request: after its body nothing more is expected of the client,
/// and the first thing that comes, in general the end, ends the work.
///
/// `this` guards the state, so that a thread is never interrupted after its work is done.
final class ClientWatch implements AutoCloseable {
    private static final int PEEK_BYTES = 256;

    private final EndPoint connection;
    private final Thread worker;
    private Optional<Thread> timer = Optional.empty();
    private boolean done;
    private boolean gone;
    private boolean late;

    private ClientWatch(EndPoint connection, Thread worker) {
        this.connection = connection;
        this.worker = worker;
    }

    /// Watches for the thread that calls: its time from now on, the connection from [#listen] on.
    static ClientWatch start(EndPoint connection, Optional<Duration> timeout) {
        ClientWatch watch = new ClientWatch(connection, Thread.currentThread());
        if (timeout.isPresent()) watch.limit(timeout.get());
        return watch;
    }

    /// Watches the connection from now on: the request's body was read to its end.
    void listen() {
        boolean listening =
                connection.tryFillInterested(Callback.from(this::readable, this::failed));
        if (!listening) clientGone();
    }

    private void failed(Throwable failure) {
        // That a connection is silent is no news: the client waits.
        if (failure instanceof TimeoutException) listen();
        else clientGone();
    }

    private void readable() {
        try {
            ByteBuffer peek = ByteBuffer.allocate(PEEK_BYTES).flip();
            int read = connection.fill(peek);
            // Another request in the same breath would go unanswered; clients don't pipeline.
            if (read != 0) clientGone();
            else listen();
        } catch (IOException e) {
            clientGone();
        }
    }

    /// The client has gone.
    synchronized void clientGone() {
        if (done) return;
        gone = true;
        worker.interrupt();
    }

    private void limit(Duration time) {
        timer = Optional.of(Thread.ofVirtual().name("request-timer").start(() -> await(time)));
    }

    private void await(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        synchronized (this) {
            if (done) return;
            late = true;
            worker.interrupt();
        }
    }

    /// Whether the client has gone.
    synchronized boolean isGone() {
        return gone;
    }

    /// Whether the request's time is over.
    synchronized boolean isLate() {
        return late;
    }

    /// Ends the watch, and takes an interrupt back that came too late.
    @Override
    public void close() {
        synchronized (this) {
            done = true;
        }
        timer.ifPresent(Thread::interrupt);
        boolean unusedInterrupt = Thread.interrupted();
    }
}
