package cairn.libp2p.dns;

import cairn.multiformats.MalformedException;
import cairn.multiformats.multiaddr.AddressProtocol;
import cairn.multiformats.multiaddr.Component;
import cairn.multiformats.multiaddr.Multiaddr;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// An address that holds a name: what stands before its first name, the name, and what stands
/// behind it.
record NamedAddress(List<Component> before, Component name, List<Component> behind) {
    private static final String PREFIX = "dnsaddr=";

    NamedAddress {
        before = List.copyOf(before);
        behind = List.copyOf(behind);
    }

    /// The address taken apart at its first name; empty where it holds none.
    static Optional<NamedAddress> of(Multiaddr address) {
        List<Component> all = address.components();
        for (int i = 0; i < all.size(); i++)
            if (isName(all.get(i).protocol()))
                return Optional.of(
                        new NamedAddress(
                                all.subList(0, i), all.get(i), all.subList(i + 1, all.size())));
        return Optional.empty();
    }

    private static boolean isName(AddressProtocol protocol) {
        return protocol == AddressProtocol.DNS
                || protocol == AddressProtocol.DNS4
                || protocol == AddressProtocol.DNS6
                || protocol == AddressProtocol.DNSADDR;
    }

    AddressProtocol protocol() {
        return name.protocol();
    }

    String host() {
        return name.value();
    }

    /// The addresses with IP addresses in the name's place. For a secure WebSocket the name stays
    /// as the one to ask for in TLS: `/tls/ws` and `/wss` become `/tls/sni/NAME/ws`.
    List<Multiaddr> withAddresses(List<InetAddress> addresses) throws MalformedException {
        List<Component> rest = namedTls();
        List<Multiaddr> all = new ArrayList<>();
        for (InetAddress address : addresses) {
            AddressProtocol ip =
                    address instanceof Inet4Address ? AddressProtocol.IP4 : AddressProtocol.IP6;
            all.add(joined(List.of(Component.of(ip, address.getAddress())), rest));
        }
        return all;
    }

    private List<Component> namedTls() throws MalformedException {
        List<Component> rest = new ArrayList<>(behind);
        for (int i = 0; i < rest.size(); i++) {
            AddressProtocol here = rest.get(i).protocol();
            // Behind the peer that the name is of, another peer's address may follow.
            if (here == AddressProtocol.P2P || here == AddressProtocol.P2P_CIRCUIT) break;
            boolean secure = here == AddressProtocol.WSS;
            boolean tls =
                    here == AddressProtocol.TLS
                            && i + 1 < rest.size()
                            && rest.get(i + 1).protocol() == AddressProtocol.WS;
            if (!secure && !tls) continue;
            if (SpecialNames.literal(host()).isPresent()) break;
            rest.subList(i, secure ? i + 1 : i + 2).clear();
            rest.addAll(
                    i,
                    List.of(
                            Component.of(AddressProtocol.TLS),
                            Component.of(AddressProtocol.SNI, SpecialNames.bare(host())),
                            Component.of(AddressProtocol.WS)));
            break;
        }
        return rest;
    }

    /// The addresses that texts of `_dnsaddr.NAME` give. What stands behind the name, up to the
    /// first peer, must be the end of each; what follows that peer is put behind. Texts that are no
    /// addresses are passed over.
    List<Multiaddr> withTexts(List<String> texts) {
        int until = 0;
        while (until < behind.size() && behind.get(until).protocol() != AddressProtocol.P2P)
            until++;
        until = Math.min(until + 1, behind.size());
        List<Component> suffix = behind.subList(0, until);
        List<Component> rest = behind.subList(until, behind.size());
        List<Multiaddr> all = new ArrayList<>();
        for (String text : texts) {
            if (!text.startsWith(PREFIX)) continue;
            List<Component> found;
            try {
                found = Multiaddr.parse(text.substring(PREFIX.length())).components();
            } catch (MalformedException e) {
                continue;
            }
            int start = found.size() - suffix.size();
            if (start >= 0 && found.subList(start, found.size()).equals(suffix))
                all.add(joined(found, rest));
        }
        return all;
    }

    private Multiaddr joined(List<Component> middle, List<Component> end) {
        List<Component> all = new ArrayList<>(before);
        all.addAll(middle);
        all.addAll(end);
        return new Multiaddr(all);
    }
}
