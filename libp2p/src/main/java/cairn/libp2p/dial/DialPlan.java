package cairn.libp2p.dial;

import cairn.libp2p.address.AddressKind;
import cairn.libp2p.transport.IpEndpoint;
import cairn.multiformats.multiaddr.AddressProtocol;
import cairn.multiformats.multiaddr.Multiaddr;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// A dial plan says when each address of a peer is tried, counted from the first: all of them, best
/// first, and the first that works ends the race.
///
/// The policy, in words:
/// - Three groups, each with its own clock: loopback and LAN; public; through a relay. Where a peer
///   has direct addresses, those through a relay begin half a second later.
/// - In a public group QUIC goes first, because it needs one round trip where TCP with its
///   handshakes needs four; TCP follows after a quarter of a second, others (WebSocket) after
///   another.
/// - On loopback and LAN, where a round trip costs nothing, TCP goes first: it carries several
///   times as many bytes a second. QUIC and others follow by 30 ms each.
/// - Within a kind IPv6 goes first, and every further address follows by the same wait, as Happy
///   Eyeballs does.
///
/// Waits are those of go-libp2p (`dial_ranker.go`); the order on the LAN is our own.
///
/// @param steps in the order of their delays
public record DialPlan(List<Step> steps) {
    /// Between the kinds of a public group, and between a kind's addresses.
    public static final Duration PUBLIC_WAIT = Duration.ofMillis(250);

    /// The same on loopback and LAN.
    public static final Duration LOCAL_WAIT = Duration.ofMillis(30);

    /// How much later addresses through a relay begin.
    public static final Duration RELAY_WAIT = Duration.ofMillis(500);

    /// An address, and when it is tried, counted from the beginning.
    public record Step(Multiaddr address, Duration delay) {}

    /// What an address leads through, in the order in which a public peer is tried.
    private enum Kind {
        QUIC,
        TCP,
        OTHER
    }

    public DialPlan {
        steps = List.copyOf(steps);
    }

    /// The plan for some addresses, names resolved.
    public static DialPlan of(List<Multiaddr> addresses) {
        List<Multiaddr> local = new ArrayList<>();
        List<Multiaddr> distant = new ArrayList<>();
        List<Multiaddr> relayed = new ArrayList<>();
        for (Multiaddr address : addresses) {
            if (address.has(AddressProtocol.P2P_CIRCUIT)) relayed.add(address);
            else if (isLocal(address)) local.add(address);
            else distant.add(address);
        }
        List<Step> steps = new ArrayList<>();
        addGroup(steps, local, List.of(Kind.TCP, Kind.QUIC, Kind.OTHER), LOCAL_WAIT, Duration.ZERO);
        addGroup(steps, distant, List.of(Kind.values()), PUBLIC_WAIT, Duration.ZERO);
        Duration relayStart = local.isEmpty() && distant.isEmpty() ? Duration.ZERO : RELAY_WAIT;
        addGroup(steps, relayed, List.of(Kind.values()), PUBLIC_WAIT, relayStart);
        steps.sort(Comparator.comparing(Step::delay));
        return new DialPlan(steps);
    }

    private static void addGroup(
            List<Step> steps,
            List<Multiaddr> group,
            List<Kind> order,
            Duration wait,
            Duration start) {
        Map<Kind, List<Multiaddr>> byKind = new EnumMap<>(Kind.class);
        for (Multiaddr address : group)
            byKind.computeIfAbsent(kind(address), k -> new ArrayList<>()).add(address);
        Duration kindStart = start;
        for (Kind kind : order) {
            List<Multiaddr> addresses = byKind.getOrDefault(kind, List.of());
            if (addresses.isEmpty()) continue;
            Duration at = kindStart;
            for (Multiaddr address : sixFirst(addresses)) {
                steps.add(new Step(address, at));
                at = at.plus(wait);
            }
            kindStart = kindStart.plus(wait);
        }
    }

    private static List<Multiaddr> sixFirst(List<Multiaddr> addresses) {
        List<Multiaddr> ordered = new ArrayList<>(addresses);
        ordered.sort(Comparator.comparing(address -> !address.has(AddressProtocol.IP6)));
        return ordered;
    }

    private static Kind kind(Multiaddr address) {
        if (address.has(AddressProtocol.QUIC_V1)) return Kind.QUIC;
        boolean plainTcp =
                IpEndpoint.of(address)
                        .filter(e -> e.protocol() == AddressProtocol.TCP)
                        .filter(e -> e.rest().withoutPeer().components().isEmpty())
                        .isPresent();
        return plainTcp ? Kind.TCP : Kind.OTHER;
    }

    private static boolean isLocal(Multiaddr address) {
        return IpEndpoint.of(address)
                .filter(endpoint -> AddressKind.of(endpoint.address().getAddress()).isNear())
                .isPresent();
    }
}
