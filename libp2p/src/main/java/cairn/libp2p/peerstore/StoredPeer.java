package cairn.libp2p.peerstore;

import cairn.libp2p.limits.HeapWeight;
import cairn.multiformats.peer.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// All that is known of a peer at one moment.
///
/// @param sequence that of its newest signed record, unsigned, where it sent one
/// @param agentVersion empty where it hasn't said
/// @param lastSeen when it was last connected or said something
record StoredPeer(
        List<KnownAddress> addresses,
        OptionalLong sequence,
        Optional<PublicKey> key,
        Set<String> protocols,
        String agentVersion,
        Optional<Duration> latency,
        Instant lastSeen) {
    StoredPeer {
        addresses = List.copyOf(addresses);
        protocols = Set.copyOf(protocols);
    }

    /// About how many bytes of heap this takes.
    long weight() {
        long weight = PeerEntry.BASE_WEIGHT + HeapWeight.of(agentVersion);
        for (KnownAddress known : addresses) weight += HeapWeight.of(known.address());
        return weight + HeapWeight.ofTexts(protocols) + key.map(k -> k.data().length).orElse(0);
    }
}
