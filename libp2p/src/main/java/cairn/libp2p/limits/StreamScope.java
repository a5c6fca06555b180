package cairn.libp2p.limits;

import java.util.List;
import java.util.Optional;

/// What one stream holds. It counts for its connection and peer, and from when its protocol is
/// agreed on, for the protocol.
public final class StreamScope extends Scope {
    private final ConnectionScope connection;
    private String protocol;

    StreamScope(ConnectionScope connection, Account own, List<Account> chain) {
        super(connection.owner, own, chain);
        this.connection = connection;
    }

    /// Says which protocol is spoken.
    ///
    /// @throws LimitExceededException when the protocol has all that it may; the stream is to be
    ///   reset and closed then
    /// @throws IllegalStateException when the protocol is known already
    public void setProtocol(String id) throws LimitExceededException {
        synchronized (owner) {
            if (protocol != null)
                throw new IllegalStateException("already a stream of " + protocol);
            if (closed) throw new LimitExceededException("the stream is closed");
            chain = owner.moveToProtocol(this, connection, id);
            protocol = id;
        }
    }

    /// The protocol, once it is known.
    public Optional<String> protocol() {
        synchronized (owner) {
            return Optional.ofNullable(protocol);
        }
    }

    @Override
    public void close() {
        synchronized (owner) {
            if (closed) return;
            closed = true;
            owner.subtract(chain, own.used());
            connection.forget(this);
        }
    }
}
