package cairn.libp2p.quic;

import cairn.libp2p.crypto.SigningKey;
import cairn.libp2p.tls.HostCertificate;
import cairn.libp2p.transport.Admission;
import cairn.libp2p.transport.Inbound;
import cairn.libp2p.transport.IpEndpoint;
import cairn.libp2p.transport.Link;
import cairn.libp2p.transport.Listener;
import cairn.libp2p.transport.Transport;
import cairn.multiformats.multiaddr.AddressProtocol;
import cairn.multiformats.multiaddr.Multiaddr;
import cairn.multiformats.peer.PeerId;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// QUIC at addresses such as `/ip4/192.0.2.1/udp/4001/quic-v1`. It dials from a port that it
/// listens on, where it listens on one that reaches the address, and else from one socket a family.
///
/// Guarded by `this`, which is held while a socket is bound, and while the native libraries are
/// loaded for the first of them; [#warm] has that done beforehand.
public final class QuicTransport implements Transport {
    private final SigningKey host;
    private final QuicSettings settings;
    private final InstantSource clock;
    private final List<UdpSocket> listening = new ArrayList<>();
    private final List<UdpSocket> dialling = new ArrayList<>();
    private Optional<EventLoops> loops = Optional.empty();
    private Optional<TlsContexts> tls = Optional.empty();
    private boolean closed;

    /// A transport that has loaded and opened nothing yet.
    public QuicTransport(SigningKey host, QuicSettings settings, InstantSource clock) {
        this.host = host;
        this.settings = settings;
        this.clock = clock;
    }

    /// Loads what the first socket needs, on a thread of its own.
    public void warm() {
        Thread.ofPlatform()
                .daemon()
                .name("quic-warm")
                .start(
                        () -> {
                            try {
                                ready();
                            } catch (IOException e) {
                                // Whoever needs it will be told.
                                return;
                            }
                        });
    }

    @Override
    public boolean handles(Multiaddr address) {
        return endpoint(address).isPresent();
    }

    private static Optional<IpEndpoint> endpoint(Multiaddr address) {
        return IpEndpoint.of(address)
                .filter(end -> end.protocol() == AddressProtocol.UDP)
                .filter(end -> end.rest().protocols().equals(List.of(AddressProtocol.QUIC_V1)));
    }

    @Override
    public Link dial(Multiaddr address, PeerId expected, Admission admission) throws IOException {
        boolean linked = false;
        try {
            InetSocketAddress remote = socketAddress(address);
            Link link = socketFor(remote.getAddress()).dial(remote, expected, admission);
            linked = true;
            return link;
        } finally {
            if (!linked) admission.close();
        }
    }

    @Override
    public synchronized Listener listen(Multiaddr address, Inbound inbound) throws IOException {
        InetSocketAddress local = socketAddress(address);
        ready();
        UdpSocket socket =
                new UdpSocket(
                        loops.orElseThrow(),
                        tls.orElseThrow(),
                        settings,
                        local,
                        Optional.of(inbound));
        listening.add(socket);
        return new QuicListener(socket, Handshake.address(socket.address()));
    }

    private static InetSocketAddress socketAddress(Multiaddr address) throws IOException {
        return endpoint(address)
                .orElseThrow(() -> new IOException("no address of QUIC: " + address))
                .address();
    }

    private synchronized UdpSocket socketFor(InetAddress remote) throws IOException {
        listening.removeIf(socket -> !socket.isOpen());
        dialling.removeIf(socket -> !socket.isOpen());
        for (UdpSocket socket : listening)
            if (reaches(socket.address().getAddress(), remote)) return socket;
        for (UdpSocket socket : dialling)
            if (sameFamily(socket.address().getAddress(), remote)) return socket;
        ready();
        UdpSocket socket =
                new UdpSocket(
                        loops.orElseThrow(),
                        tls.orElseThrow(),
                        settings,
                        new InetSocketAddress(wildcard(remote), 0),
                        Optional.empty());
        dialling.add(socket);
        return socket;
    }

    /// Whether packets from a local address get to a remote one, as far as one can tell by looking.
    private static boolean reaches(InetAddress local, InetAddress remote) {
        return sameFamily(local, remote)
                && (local.isAnyLocalAddress()
                        || local.isLoopbackAddress() == remote.isLoopbackAddress());
    }

    private static boolean sameFamily(InetAddress a, InetAddress b) {
        return a instanceof Inet4Address == b instanceof Inet4Address;
    }

    private static InetAddress wildcard(InetAddress family) throws UnknownHostException {
        return InetAddress.getByAddress(new byte[family.getAddress().length]);
    }

    private synchronized void ready() throws IOException {
        if (closed) throw new IOException("the QUIC transport is closed");
        if (loops.isPresent()) return;
        EventLoops started = new EventLoops();
        tls = Optional.of(new TlsContexts(HostCertificate.make(host, clock.instant()), clock));
        loops = Optional.of(started);
    }

    /// Closes all, connections too: they live in its sockets.
    @Override
    public void close() {
        List<UdpSocket> sockets;
        synchronized (this) {
            if (closed) return;
            closed = true;
            sockets = new ArrayList<>(listening);
            sockets.addAll(dialling);
        }
        for (UdpSocket socket : sockets) socket.close();
        loops.ifPresent(EventLoops::close);
    }
}
