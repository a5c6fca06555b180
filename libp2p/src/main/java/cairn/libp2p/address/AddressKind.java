package cairn.libp2p.address;

import cairn.multiformats.multiaddr.AddressProtocol;
import cairn.multiformats.multiaddr.Multiaddr;
import java.math.BigInteger;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// How far an address reaches. Sources: the special-purpose address registries of IANA (RFC 6890),
/// RFC 6761.
public enum AddressKind {
    /// This host alone.
    LOOPBACK,
    /// A network of one's own, or that of a provider (RFC 1918, RFC 6598).
    PRIVATE,
    /// One link, on which the zone says which.
    LINK_LOCAL,
    /// A private network in IPv6 (RFC 4193).
    UNIQUE_LOCAL,
    /// The internet.
    PUBLIC,
    /// All addresses of a host that listens; nobody's address.
    UNSPECIFIED,
    /// Nowhere: multicast, documentation, future use.
    RESERVED,
    /// A peer behind another peer.
    RELAYED,
    /// No IP address and no name, such as `/unix` or `/onion3`.
    OTHER;

    private record Range(IpRange range, AddressKind kind) {}

    private static final List<Range> RANGES =
            Stream.of(
                            all(UNSPECIFIED, "0.0.0.0/32", "::/128"),
                            all(LOOPBACK, "127.0.0.0/8", "::1/128"),
                            all(
                                    PRIVATE,
                                    "10.0.0.0/8",
                                    "100.64.0.0/10",
                                    "172.16.0.0/12",
                                    "192.168.0.0/16"),
                            all(LINK_LOCAL, "169.254.0.0/16", "fe80::/10"),
                            all(UNIQUE_LOCAL, "fc00::/7"),
                            all(
                                    RESERVED,
                                    "0.0.0.0/8",
                                    "192.0.0.0/24",
                                    "192.0.2.0/24",
                                    "192.88.99.0/24",
                                    "198.18.0.0/15",
                                    "198.51.100.0/24",
                                    "203.0.113.0/24",
                                    "224.0.0.0/3",
                                    "2001:db8::/32"),
                            all(PUBLIC, "0.0.0.0/0", "2000::/3"),
                            all(RESERVED, "::/0"))
                    .flatMap(List::stream)
                    .toList();

    /// IPv4 through a translator (RFC 6052): as far as the IPv4 address at its end.
    private static final IpRange NAT64 = IpRange.of("64:ff9b::/96");

    private static final List<String> PRIVATE_NAMES =
            List.of(".local", ".internal", ".lan", ".home.arpa", ".test");

    private static final List<String> NO_NAMES = List.of(".invalid", ".in-addr.arpa", ".ip6.arpa");

    private static List<Range> all(AddressKind kind, String... ranges) {
        return Stream.of(ranges).map(range -> new Range(IpRange.of(range), kind)).toList();
    }

    /// The kind of an IP address.
    public static AddressKind of(InetAddress address) {
        if (NAT64.contains(address)) {
            byte[] bytes = address.getAddress();
            var four = new BigInteger(1, Arrays.copyOfRange(bytes, 12, 16));
            return RANGES.stream()
                    .filter(r -> r.range.addressBits() == 32)
                    .filter(r -> new IpRange(four, 32, r.range.prefixBits()).equals(r.range))
                    .findFirst()
                    .orElseThrow()
                    .kind;
        }
        for (Range range : RANGES) if (range.range.contains(address)) return range.kind;
        throw new IllegalStateException("the ranges cover all addresses, not " + address);
    }

    /// The kind of an address: that of the host it begins with, unless it goes over a relay.
    public static AddressKind of(Multiaddr address) {
        if (address.has(AddressProtocol.P2P_CIRCUIT)) return RELAYED;
        Optional<InetAddress> ip = HostPart.ip(address);
        if (ip.isPresent()) return of(ip.get());
        return HostPart.name(address).map(AddressKind::ofName).orElse(OTHER);
    }

    private static AddressKind ofName(String name) {
        String dotted = "." + name;
        if (dotted.endsWith(".localhost")) return LOOPBACK;
        if (NO_NAMES.stream().anyMatch(dotted::endsWith)) return RESERVED;
        // A name without a dot is one of the network at hand, such as that of a container.
        if (name.indexOf('.') < 0) return PRIVATE;
        return PRIVATE_NAMES.stream().anyMatch(dotted::endsWith) ? PRIVATE : PUBLIC;
    }

    /// Whether it reaches this host or a network of one's own: a round trip costs next to nothing,
    /// and no provider counts the bytes.
    public boolean isNear() {
        return this == LOOPBACK || isLocalNetwork();
    }

    /// Whether it reaches a network of one's own and not the internet.
    public boolean isLocalNetwork() {
        return this == PRIVATE || this == UNIQUE_LOCAL || this == LINK_LOCAL;
    }
}
