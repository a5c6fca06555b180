package cairn.libp2p.discovery;

import cairn.multiformats.MalformedException;
import cairn.multiformats.multiaddr.Multiaddr;
import cairn.multiformats.peer.PeerId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A peer and where it may be reached. The list may be empty: then only what is known elsewhere
/// helps.
///
/// @param addresses without the peer
public record PeerAddresses(PeerId peer, List<Multiaddr> addresses) {
    public PeerAddresses {
        addresses = List.copyOf(addresses);
    }

    /// The peer that an address ends at, and the address.
    ///
    /// @throws MalformedException when it ends at none
    public static PeerAddresses of(Multiaddr address) throws MalformedException {
        PeerId peer =
                address.peer()
                        .orElseThrow(
                                () ->
                                        new MalformedException(
                                                "the address names no peer (/p2p/...): "
                                                        + address));
        Multiaddr rest = address.withoutPeer();
        return new PeerAddresses(peer, rest.components().isEmpty() ? List.of() : List.of(rest));
    }

    /// The peers of some addresses, each once, in the order in which they are first named.
    public static List<PeerAddresses> group(List<Multiaddr> addresses) throws MalformedException {
        Map<PeerId, List<Multiaddr>> byPeer = new LinkedHashMap<>();
        for (Multiaddr address : addresses) {
            PeerAddresses one = of(address);
            byPeer.computeIfAbsent(one.peer(), peer -> new ArrayList<>()).addAll(one.addresses());
        }
        return byPeer.entrySet().stream()
                .map(entry -> new PeerAddresses(entry.getKey(), entry.getValue()))
                .toList();
    }
}
