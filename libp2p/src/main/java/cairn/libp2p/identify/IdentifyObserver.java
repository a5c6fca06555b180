package cairn.libp2p.identify;

import cairn.libp2p.crypto.PeerRecord;
import cairn.libp2p.swarm.Connection;
import cairn.libp2p.swarm.RemoteInfo;
import java.util.Optional;

/// Learns what peers say of themselves: what keeps their addresses, and what believes them about
/// ours.
@FunctionalInterface
public interface IdentifyObserver {
    /// @param signed the peer's own record, its signature verified, where it sent one
    void learned(Connection connection, RemoteInfo info, Optional<PeerRecord> signed);
}
