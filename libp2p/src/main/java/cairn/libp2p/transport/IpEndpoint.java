package cairn.libp2p.transport;

import cairn.multiformats.MalformedException;
import cairn.multiformats.multiaddr.AddressProtocol;
import cairn.multiformats.multiaddr.Component;
import cairn.multiformats.multiaddr.Multiaddr;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/// An IP endpoint is the part of a multiaddr that sockets know: an IP address, with its zone, and a
/// port of TCP or UDP; and what stands behind it.
///
/// @param protocol [AddressProtocol#TCP] or [AddressProtocol#UDP]
/// @param rest what follows the port, such as `/ws` or `/quic-v1`
public record IpEndpoint(InetSocketAddress address, AddressProtocol protocol, Multiaddr rest) {
    /// The endpoint that an address begins with; empty where it begins with a name or something
    /// else, or with a zone that this host doesn't have.
    public static Optional<IpEndpoint> of(Multiaddr address) {
        List<Component> parts = address.components();
        int at = 0;
        String zone = "";
        if (at < parts.size() && parts.get(at).protocol() == AddressProtocol.IP6ZONE)
            zone = "%" + parts.get(at++).value();
        if (at + 1 >= parts.size()) return Optional.empty();
        Component ip = parts.get(at++);
        Component port = parts.get(at++);
        if (ip.protocol() != AddressProtocol.IP4 && ip.protocol() != AddressProtocol.IP6)
            return Optional.empty();
        if (port.protocol() != AddressProtocol.TCP && port.protocol() != AddressProtocol.UDP)
            return Optional.empty();
        // A zone belongs to IPv6; and a name is never looked up here, whatever a peer calls a zone.
        if (!zone.isEmpty() && ip.protocol() != AddressProtocol.IP6) return Optional.empty();
        InetAddress host;
        try {
            host =
                    zone.isEmpty()
                            ? InetAddress.getByAddress(ip.bytes())
                            : Inet6Address.ofLiteral(ip.value() + zone);
        } catch (UnknownHostException | IllegalArgumentException e) {
            return Optional.empty();
        }
        int number = Short.toUnsignedInt(ByteBuffer.wrap(port.bytes()).getShort());
        return Optional.of(
                new IpEndpoint(
                        new InetSocketAddress(host, number),
                        port.protocol(),
                        new Multiaddr(parts.subList(at, parts.size()))));
    }

    /// The multiaddr of a socket's address, and what follows its port.
    public static Multiaddr multiaddr(
            InetSocketAddress address, AddressProtocol protocol, Multiaddr rest) {
        InetAddress host = address.getAddress();
        int port = address.getPort();
        try {
            Multiaddr start = new Multiaddr(List.of());
            if (host instanceof Inet6Address six && six.getScopeId() != 0)
                start =
                        start.with(
                                Component.of(
                                        AddressProtocol.IP6ZONE,
                                        six.getScopedInterface() == null
                                                ? Integer.toString(six.getScopeId())
                                                : six.getScopedInterface().getName()));
            AddressProtocol ip =
                    host instanceof Inet6Address ? AddressProtocol.IP6 : AddressProtocol.IP4;
            return start.with(Component.of(ip, host.getAddress()))
                    .with(Component.of(protocol, Integer.toString(port)))
                    .with(rest);
        } catch (MalformedException e) {
            throw new IllegalStateException("a socket's address is one of a multiaddr", e);
        }
    }

    /// The multiaddr of this endpoint and what follows it.
    public Multiaddr multiaddr() {
        return multiaddr(address, protocol, rest);
    }
}
