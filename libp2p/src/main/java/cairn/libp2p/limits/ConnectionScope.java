package cairn.libp2p.limits;

import cairn.multiformats.peer.PeerId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What one connection holds, with its streams. It begins as transient, as nobody knows yet who the
/// other end is, and moves to its peer once the handshakes are done.
public final class ConnectionScope extends Scope {
    private final Runnable leave;
    private final Set<StreamScope> streams = new HashSet<>();
    private PeerId peer;

    /// @param leave gives back the place among the connections of the address
    ConnectionScope(ResourceLimits owner, Account own, List<Account> chain, Runnable leave) {
        super(owner, own, chain);
        this.leave = leave;
    }

    /// Says who the other end is. What the connection holds moves to that peer's account.
    ///
    /// @throws LimitExceededException when the peer has all that it may; the connection stays
    ///   transient then, and is to be closed
    /// @throws IllegalStateException when its peer is known already
    public void setPeer(PeerId remote) throws LimitExceededException {
        synchronized (owner) {
            if (peer != null) throw new IllegalStateException("already a connection of " + peer);
            if (closed) throw new LimitExceededException("the connection is closed");
            chain = owner.moveToPeer(this, remote);
            peer = remote;
        }
    }

    /// The peer, once it is known.
    public Optional<PeerId> peer() {
        synchronized (owner) {
            return Optional.ofNullable(peer);
        }
    }

    /// Takes a place for a stream; its protocol isn't known yet.
    ///
    /// @throws LimitExceededException when there is none, or the connection is closed
    /// @throws IllegalStateException before the peer is known
    public StreamScope openStream(Direction direction) throws LimitExceededException {
        synchronized (owner) {
            if (peer == null) throw new IllegalStateException("a stream before the peer is known");
            if (closed) throw new LimitExceededException("the connection is closed");
            StreamScope stream = owner.openStream(this, direction);
            streams.add(stream);
            return stream;
        }
    }

    void forget(StreamScope stream) {
        streams.remove(stream);
    }

    /// Gives everything back, what its streams hold too; doing so again does nothing.
    @Override
    public void close() {
        synchronized (owner) {
            if (closed) return;
            for (StreamScope stream : List.copyOf(streams)) stream.close();
            closed = true;
            owner.subtract(chain, own.used());
            leave.run();
        }
    }
}
