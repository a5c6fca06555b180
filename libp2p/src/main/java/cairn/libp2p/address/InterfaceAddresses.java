package cairn.libp2p.address;

import cairn.multiformats.MalformedException;
import cairn.multiformats.multiaddr.AddressProtocol;
import cairn.multiformats.multiaddr.Component;
import cairn.multiformats.multiaddr.Multiaddr;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;

/// The IP addresses of this host's interfaces, as they are when asked for.
public interface InterfaceAddresses {
    /// The most addresses that a wildcard becomes: hosts of many containers have hundreds.
    int MAX_ADDRESSES = 100;

    /// The addresses of the interfaces that are up.
    List<InetAddress> all() throws SocketException;

    /// Those of the operating system.
    static InterfaceAddresses system() {
        return () ->
                NetworkInterface.networkInterfaces()
                        .filter(InterfaceAddresses::isUp)
                        .flatMap(NetworkInterface::inetAddresses)
                        .toList();
    }

    /// The addresses at which one listens who listens at a wildcard (`/ip4/0.0.0.0`, `/ip6/::`):
    /// one for each interface address of that family. Link-local ones of IPv6 are left out, for
    /// they mean nothing without the reader's own zone. Another address is itself alone.
    default List<Multiaddr> expand(Multiaddr listening) throws SocketException {
        if (AddressKind.of(listening) != AddressKind.UNSPECIFIED) return List.of(listening);
        List<Component> parts = listening.components();
        AddressProtocol family = parts.getFirst().protocol();
        if (family != AddressProtocol.IP4 && family != AddressProtocol.IP6)
            return List.of(listening);
        List<Multiaddr> expanded = new ArrayList<>();
        for (InetAddress address : all()) {
            boolean four = address instanceof Inet4Address;
            if (four != (family == AddressProtocol.IP4)) continue;
            if (!four && AddressKind.of(address) == AddressKind.LINK_LOCAL) continue;
            if (expanded.size() == MAX_ADDRESSES) break;
            List<Component> replaced = new ArrayList<>(parts);
            try {
                replaced.set(0, Component.of(family, address.getAddress()));
            } catch (MalformedException e) {
                throw new IllegalStateException("an interface's address", e);
            }
            expanded.add(new Multiaddr(replaced));
        }
        return expanded;
    }

    private static boolean isUp(NetworkInterface one) {
        try {
            return one.isUp();
        } catch (SocketException e) {
            return false; // gone meanwhile
        }
    }
}
