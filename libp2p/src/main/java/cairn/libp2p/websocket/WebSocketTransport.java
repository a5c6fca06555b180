package cairn.libp2p.websocket;

import cairn.libp2p.tcp.TcpDialer;
import cairn.libp2p.tcp.TcpEnd;
import cairn.libp2p.tcp.TcpListeners;
import cairn.libp2p.transport.Admission;
import cairn.libp2p.transport.ChannelUpgrade;
import cairn.libp2p.transport.Inbound;
import cairn.libp2p.transport.Link;
import cairn.libp2p.transport.Listener;
import cairn.libp2p.transport.Transport;
import cairn.libp2p.wire.Duplex;
import cairn.libp2p.wire.Role;
import cairn.multiformats.multiaddr.Multiaddr;
import cairn.multiformats.peer.PeerId;
import java.io.IOException;
import java.util.Optional;

/// WebSocket, for addresses such as `/ip4/192.0.2.1/tcp/4002/ws`; within TLS also `/tls/ws`,
/// `/tls/sni/NAME/ws` and `/wss`.
///
/// A name that was resolved to the IP address goes into `/sni`: it is what is asked for, and what
/// the certificate is checked against. Dials leave from any port, as nobody could dial them back.
public final class WebSocketTransport implements Transport {
    private final ChannelUpgrade upgrade;
    private final WebSocketTls tls;
    private final TcpDialer dialer = new TcpDialer();
    private final TcpListeners listeners = new TcpListeners();

    /// A transport whose connections become links by an upgrade.
    public WebSocketTransport(ChannelUpgrade upgrade, WebSocketTls tls) {
        this.upgrade = upgrade;
        this.tls = tls;
    }

    @Override
    public boolean handles(Multiaddr address) {
        return WebSocketAddress.of(address).isPresent();
    }

    private static WebSocketAddress known(Multiaddr address) {
        return WebSocketAddress.of(address)
                .orElseThrow(() -> new IllegalArgumentException("not of WebSocket: " + address));
    }

    @Override
    public Link dial(Multiaddr address, PeerId expected, Admission admission) throws IOException {
        WebSocketAddress to = known(address);
        Multiaddr tail = to.endpoint().rest();
        TcpEnd end =
                (raw, local, remote, place) -> {
                    Duplex channel = to.secure() ? tls.client(raw, to) : raw;
                    return upgrade.upgrade(
                            HttpUpgrade.ask(channel, to.authority()),
                            Role.INITIATOR,
                            Optional.of(expected),
                            local,
                            remote.with(tail),
                            place);
                };
        return dialer.dial(address, to.endpoint().address(), admission, end);
    }

    @Override
    public Listener listen(Multiaddr address, Inbound inbound) throws IOException {
        WebSocketAddress at = known(address);
        if (at.secure() && !tls.canListen())
            throw new IOException(address + ": no certificate is configured");
        Multiaddr tail = at.endpoint().rest();
        TcpEnd end =
                (raw, local, remote, place) -> {
                    Duplex channel = at.secure() ? tls.server(raw) : raw;
                    return upgrade.upgrade(
                            HttpUpgrade.answer(channel),
                            Role.RESPONDER,
                            Optional.empty(),
                            local.with(tail),
                            remote.with(tail),
                            place);
                };
        return listeners.listen(at.endpoint(), end, inbound);
    }

    @Override
    public void close() throws IOException {
        listeners.close();
    }
}
