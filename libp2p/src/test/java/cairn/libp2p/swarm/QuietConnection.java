package cairn.libp2p.swarm;

import cairn.libp2p.muxer.ConnectionClosedException;
import cairn.libp2p.muxer.MuxedConnection;
import cairn.libp2p.muxer.MuxedStream;
import cairn.libp2p.muxer.StreamAcceptor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A connection on which nothing is ever said. State is guarded by `this`.
final class QuietConnection implements MuxedConnection {
    private final List<Runnable> callbacks = new ArrayList<>();
    private boolean closed;

    @Override
    public void start(StreamAcceptor acceptor) {}

    @Override
    public MuxedStream open() throws ConnectionClosedException {
        throw new ConnectionClosedException("nothing is said on this connection");
    }

    @Override
    public int streams() {
        return 0;
    }

    @Override
    public Optional<Duration> roundTrip() {
        return Optional.empty();
    }

    @Override
    public synchronized void whenClosed(Runnable callback) {
        callbacks.add(callback);
    }

    @Override
    public synchronized boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        List<Runnable> told;
        synchronized (this) {
            closed = true;
            told = List.copyOf(callbacks);
            callbacks.clear();
        }
        told.forEach(Runnable::run);
    }
}
