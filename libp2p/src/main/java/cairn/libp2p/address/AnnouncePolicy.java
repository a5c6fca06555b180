package cairn.libp2p.address;

import cairn.multiformats.MalformedException;
import cairn.multiformats.multiaddr.AddressProtocol;
import cairn.multiformats.multiaddr.Multiaddr;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Which of a node's addresses are told to whom. The configuration decides first (Kubo's
/// `Addresses.Announce`, `AppendAnnounce`, `NoAnnounce`), then how far an address reaches.
///
/// @param announce told in place of the node's own, if there are any
/// @param append told besides
/// @param never not told to anyone, whole addresses
/// @param neverWithin not told to anyone, IP addresses under a mask
public record AnnouncePolicy(
        List<Multiaddr> announce,
        List<Multiaddr> append,
        Set<Multiaddr> never,
        AddressFilters neverWithin) {
    public AnnouncePolicy {
        announce = List.copyOf(announce);
        append = List.copyOf(append);
        never = Set.copyOf(never);
    }

    /// The policy that tells the node's own addresses.
    public static AnnouncePolicy own() {
        return new AnnouncePolicy(List.of(), List.of(), Set.of(), new AddressFilters());
    }

    /// The policy of a configuration.
    ///
    /// @param noAnnounce addresses, and masks such as `/ip4/10.0.0.0/ipcidr/8`
    public static AnnouncePolicy of(
            List<Multiaddr> announce, List<Multiaddr> append, List<Multiaddr> noAnnounce)
            throws MalformedException {
        Set<Multiaddr> never = new LinkedHashSet<>();
        var within = new AddressFilters();
        for (Multiaddr address : noAnnounce)
            if (address.has(AddressProtocol.IPCIDR)) within.add(address);
            else never.add(address);
        return new AnnouncePolicy(announce, append, never, within);
    }

    /// The addresses that are told at all.
    ///
    /// @param own those that the node listens at, wildcards expanded, and those that others observe
    public List<Multiaddr> announced(List<Multiaddr> own) {
        Set<Multiaddr> all = new LinkedHashSet<>(announce.isEmpty() ? own : announce);
        all.addAll(append);
        all.removeIf(
                address ->
                        never.contains(address)
                                || never.contains(address.withoutPeer())
                                || neverWithin.blocks(address)
                                || isNobodys(AddressKind.of(address)));
        return List.copyOf(all);
    }

    private static boolean isNobodys(AddressKind kind) {
        return kind == AddressKind.UNSPECIFIED || kind == AddressKind.RESERVED;
    }

    /// Those of the announced addresses that are told to a peer: what it can reach, judged by where
    /// it is. Loopback addresses go to this host alone, those of local networks to peers on one,
    /// never to the internet.
    ///
    /// @param remote the peer's address
    public static List<Multiaddr> visible(List<Multiaddr> announced, Multiaddr remote) {
        AddressKind from = AddressKind.of(remote);
        List<Multiaddr> seen = new ArrayList<>();
        for (Multiaddr address : announced)
            if (isVisible(AddressKind.of(address), from)) seen.add(address);
        return seen;
    }

    private static boolean isVisible(AddressKind address, AddressKind from) {
        return switch (address) {
            case PUBLIC, RELAYED, OTHER -> true;
            case PRIVATE, UNIQUE_LOCAL -> from == AddressKind.LOOPBACK || from.isLocalNetwork();
            case LINK_LOCAL -> from == AddressKind.LOOPBACK || from == AddressKind.LINK_LOCAL;
            case LOOPBACK -> from == AddressKind.LOOPBACK;
            case UNSPECIFIED, RESERVED -> false;
        };
    }
}
