package cairn.libp2p.tcp;

import cairn.libp2p.transport.Admission;
import cairn.libp2p.transport.ChannelUpgrade;
import cairn.libp2p.transport.Inbound;
import cairn.libp2p.transport.IpEndpoint;
import cairn.libp2p.transport.Link;
import cairn.libp2p.transport.Listener;
import cairn.libp2p.transport.Transport;
import cairn.libp2p.wire.Role;
import cairn.multiformats.multiaddr.AddressProtocol;
import cairn.multiformats.multiaddr.Multiaddr;
import cairn.multiformats.peer.PeerId;
import java.io.IOException;
import java.util.Optional;

/// TCP, for addresses such as `/ip4/192.0.2.1/tcp/4001`.
///
/// Dials leave from the port that is listened on, if there is one of the same IP family, and from
/// one of the kernel's choice otherwise. `/ip6/::` takes IPv6 only.
public final class TcpTransport implements Transport {
    private final ChannelUpgrade upgrade;
    private final TcpDialer dialer;
    private final TcpListeners listeners;

    /// A transport whose connections become links by an upgrade.
    public TcpTransport(ChannelUpgrade upgrade) {
        this.upgrade = upgrade;
        SharedPorts ports = new SharedPorts();
        this.dialer = new TcpDialer(ports);
        this.listeners = new TcpListeners(ports);
    }

    @Override
    public boolean handles(Multiaddr address) {
        return endpoint(address).isPresent();
    }

    private static Optional<IpEndpoint> endpoint(Multiaddr address) {
        return IpEndpoint.of(address)
                .filter(e -> e.protocol() == AddressProtocol.TCP)
                .filter(e -> e.rest().components().isEmpty());
    }

    private static IpEndpoint known(Multiaddr address) {
        return endpoint(address)
                .orElseThrow(() -> new IllegalArgumentException("not of TCP: " + address));
    }

    @Override
    public Link dial(Multiaddr address, PeerId expected, Admission admission) throws IOException {
        return dialer.dial(
                address,
                known(address).address(),
                admission,
                (raw, local, remote, place) ->
                        upgrade.upgrade(
                                raw, Role.INITIATOR, Optional.of(expected), local, remote, place));
    }

    @Override
    public Listener listen(Multiaddr address, Inbound inbound) throws IOException {
        return listeners.listen(
                known(address),
                (raw, local, remote, place) ->
                        upgrade.upgrade(
                                raw, Role.RESPONDER, Optional.empty(), local, remote, place),
                inbound);
    }

    @Override
    public void close() throws IOException {
        listeners.close();
    }
}
