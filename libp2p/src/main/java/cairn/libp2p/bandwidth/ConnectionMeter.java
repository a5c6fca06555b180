package cairn.libp2p.bandwidth;

import cairn.libp2p.limits.Meter;
import cairn.multiformats.peer.PeerId;
import java.io.IOException;

/// The meter of one connection: its bytes count for the host and, once its peer is known, for the
/// peer; and it waits where either is held to a rate.
public final class ConnectionMeter implements Meter, AutoCloseable {
    private final Bandwidth bandwidth;
    private final boolean local;
    private volatile PeerId id;
    private volatile PeerBandwidth peer;
    private volatile boolean closed;

    ConnectionMeter(Bandwidth bandwidth, boolean local) {
        this.bandwidth = bandwidth;
        this.local = local;
    }

    /// Says who the other end is.
    ///
    /// @throws IllegalStateException when that is known already
    public synchronized void setPeer(PeerId remote) {
        if (id != null) throw new IllegalStateException("already a connection of " + id);
        if (closed) return;
        id = remote;
        peer = bandwidth.join(remote);
    }

    @Override
    public void sending(int bytes) throws IOException {
        PeerBandwidth to = peer;
        if (isHeld()) {
            if (to != null) to.upload().pass(bytes, this::isClosed);
            bandwidth.upload().pass(bytes, this::isClosed);
        }
        sent(bytes, to);
    }

    @Override
    public void sending(int bytes, Sender sender) throws IOException {
        PeerBandwidth to = peer;
        if (isHeld()) {
            if (to != null) to.upload().pass(bytes, this::isClosed, sender);
            bandwidth.upload().pass(bytes, this::isClosed, sender);
        }
        sent(bytes, to);
    }

    private void sent(int bytes, PeerBandwidth to) {
        bandwidth.all().sent(bytes);
        if (to != null) to.counter().sent(bytes);
    }

    @Override
    public void wake() {
        PeerBandwidth of = peer;
        if (of != null) of.upload().wake();
        bandwidth.upload().wake();
    }

    @Override
    public void received(int bytes) throws IOException {
        PeerBandwidth from = peer;
        bandwidth.all().received(bytes);
        if (from != null) from.counter().received(bytes);
        if (isHeld()) {
            if (from != null) from.download().pass(bytes, this::isClosed);
            bandwidth.download().pass(bytes, this::isClosed);
        }
    }

    private boolean isHeld() {
        return !local || bandwidth.rates().local();
    }

    private boolean isClosed() {
        return closed;
    }

    /// Ends the waits of the connection, which fail then. Doing so again does nothing.
    @Override
    public void close() {
        PeerId left;
        synchronized (this) {
            if (closed) return;
            closed = true;
            left = id;
        }
        PeerBandwidth of = peer;
        if (of != null) {
            of.upload().wake();
            of.download().wake();
        }
        bandwidth.upload().wake();
        bandwidth.download().wake();
        if (left != null) bandwidth.leave(left);
    }
}
