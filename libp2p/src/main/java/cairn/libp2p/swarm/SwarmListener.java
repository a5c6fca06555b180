package cairn.libp2p.swarm;

import cairn.multiformats.multiaddr.Multiaddr;
import java.util.List;

/// Told of what changes in a swarm. Calls are made on the thread on which it happened, in order for
/// each connection; they must return at once, and leave work to threads of their own.
public interface SwarmListener {
    /// A connection was made; nothing was said over it yet.
    default void connected(Connection connection) {}

    /// A connection has ended.
    default void disconnected(Connection connection) {}

    /// The other end has said what it is, or has said it anew: see [Connection#remoteInfo].
    default void identified(Connection connection) {}

    /// The addresses that this host tells others have changed.
    default void addressesChanged(List<Multiaddr> addresses) {}
}
