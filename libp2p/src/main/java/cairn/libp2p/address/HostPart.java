package cairn.libp2p.address;

import cairn.multiformats.MalformedException;
import cairn.multiformats.multiaddr.AddressProtocol;
import cairn.multiformats.multiaddr.Component;
import cairn.multiformats.multiaddr.Multiaddr;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The host that an address begins with: an IP address or a name.
final class HostPart {
    private HostPart() {}

    /// The IP address, a zone before it passed over. IPv4-mapped IPv6 comes out as IPv4.
    static Optional<InetAddress> ip(Multiaddr address) {
        List<Component> parts = address.components();
        int at = !parts.isEmpty() && parts.getFirst().protocol() == AddressProtocol.IP6ZONE ? 1 : 0;
        if (at >= parts.size()) return Optional.empty();
        Component host = parts.get(at);
        return switch (host.protocol()) {
            case IP4, IP6 -> Optional.of(ip(host.bytes()));
            case DNS, DNS4, DNS6 -> literal(host.value());
            default -> Optional.empty();
        };
    }

    /// The name, in lower case and without the dot at its end.
    static Optional<String> name(Multiaddr address) {
        if (address.components().isEmpty()) return Optional.empty();
        Component host = address.components().getFirst();
        return switch (host.protocol()) {
            case DNS, DNS4, DNS6, DNSADDR -> {
                String name = host.value().toLowerCase(Locale.ROOT);
                yield Optional.of(name.endsWith(".") ? name.substring(0, name.length() - 1) : name);
            }
            default -> Optional.empty();
        };
    }

    /// The IP address that a name is, if it is one.
    private static Optional<InetAddress> literal(String name) {
        AddressProtocol form = name.indexOf(':') < 0 ? AddressProtocol.IP4 : AddressProtocol.IP6;
        try {
            return Optional.of(ip(Component.of(form, name).bytes()));
        } catch (MalformedException e) {
            return Optional.empty();
        }
    }

    private static InetAddress ip(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of 4 or 16 bytes", e);
        }
    }
}
