package cairn.testkit.hostile;

import cairn.libp2p.host.Host;
import cairn.multiformats.multiaddr.AddressProtocol;
import cairn.multiformats.multiaddr.Multiaddr;
import cairn.multiformats.peer.PeerId;
import java.util.List;
import java.util.function.Predicate;

/// A target is a host as its attackers know it: its id and where it listens.
public record Target(PeerId peer, List<Multiaddr> addresses) {
    public Target {
        addresses = List.copyOf(addresses);
    }

    /// A host that listens.
    public static Target of(Host host) {
        return new Target(host.id(), host.listenAddresses());
    }

    /// Its address of bare TCP.
    ///
    /// @throws IllegalStateException when it has none; likewise below
    public Multiaddr tcp() {
        return first(
                address -> address.has(AddressProtocol.TCP) && address.components().size() == 2);
    }

    /// Its address of WebSocket without TLS.
    public Multiaddr webSocket() {
        return first(address -> address.has(AddressProtocol.WS));
    }

    /// Its address of QUIC.
    public Multiaddr quic() {
        return first(address -> address.has(AddressProtocol.QUIC_V1));
    }

    private Multiaddr first(Predicate<Multiaddr> wanted) {
        return addresses.stream()
                .filter(wanted)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("none such among " + addresses));
    }
}
