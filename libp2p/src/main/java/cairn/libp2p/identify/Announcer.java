package cairn.libp2p.identify;

import cairn.libp2p.swarm.Connection;
import cairn.multiformats.multiaddr.Multiaddr;
import java.util.List;

/// Says which of this host's addresses the peer at the other end of a connection is told.
@FunctionalInterface
public interface Announcer {
    List<Multiaddr> addresses(Connection to);
}
