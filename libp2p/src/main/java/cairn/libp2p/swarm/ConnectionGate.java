package cairn.libp2p.swarm;

import cairn.libp2p.limits.Direction;
import cairn.multiformats.multiaddr.Multiaddr;
import cairn.multiformats.peer.PeerId;
import java.util.Optional;

/// Says whom a swarm has nothing to do with: asked before an address is dialled, when a connection
/// comes in, and once its peer is known.
public interface ConnectionGate {
    /// Why there must be no connection with an address; empty where there may be.
    Optional<String> refuses(Multiaddr remote, Direction direction);

    /// Why there must be no connection with a peer; empty where there may be.
    Optional<String> refuses(PeerId peer);

    /// A gate that is open to all.
    static ConnectionGate open() {
        return new ConnectionGate() {
            @Override
            public Optional<String> refuses(Multiaddr remote, Direction direction) {
                return Optional.empty();
            }

            @Override
            public Optional<String> refuses(PeerId peer) {
                return Optional.empty();
            }
        };
    }
}
