package cairn.libp2p.dial;

import cairn.multiformats.multiaddr.Multiaddr;
import cairn.multiformats.peer.PeerId;
import java.util.Optional;

/// Says which addresses must not be dialled.
@FunctionalInterface
public interface DialFilter {
    /// Why the address mustn't be dialled; empty where it may be.
    Optional<String> refuses(PeerId peer, Multiaddr address);
}
