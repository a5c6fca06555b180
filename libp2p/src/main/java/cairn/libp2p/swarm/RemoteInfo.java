package cairn.libp2p.swarm;

import cairn.libp2p.limits.HeapWeight;
import cairn.multiformats.multiaddr.Multiaddr;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What the other end of a connection has said of itself: none of it is proven but the peer's key.
///
/// @param protocolVersion such as `ipfs/0.1.0`
/// @param agentVersion the program, such as `kubo/0.43.0`
/// @param protocols that it serves
/// @param addresses that it says it listens at
/// @param observed this end's address as the other sees it
public record RemoteInfo(
        String protocolVersion,
        String agentVersion,
        Set<String> protocols,
        List<Multiaddr> addresses,
        Optional<Multiaddr> observed) {
    public RemoteInfo {
        protocols = Set.copyOf(protocols);
        addresses = List.copyOf(addresses);
    }

    /// About how many bytes of heap this takes.
    long weight() {
        return HeapWeight.of(protocolVersion)
                + HeapWeight.of(agentVersion)
                + HeapWeight.ofTexts(protocols)
                + HeapWeight.ofAddresses(addresses)
                + observed.map(HeapWeight::of).orElse(0L);
    }
}
