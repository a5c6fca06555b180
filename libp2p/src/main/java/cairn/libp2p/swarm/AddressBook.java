package cairn.libp2p.swarm;

import cairn.multiformats.multiaddr.Multiaddr;
import cairn.multiformats.peer.PeerId;
import java.util.List;

/// Where a swarm looks up how a peer is reached.
@FunctionalInterface
public interface AddressBook {
    /// The addresses that are known of a peer, those that worked lately first.
    List<Multiaddr> addresses(PeerId peer);
}
