package cairn.libp2p.tcp;

import cairn.libp2p.security.SecurityHandshakeException;
import cairn.libp2p.transport.Admission;
import cairn.libp2p.transport.DialException;
import cairn.libp2p.transport.IpEndpoint;
import cairn.libp2p.transport.Link;
import cairn.multiformats.multiaddr.AddressProtocol;
import cairn.multiformats.multiaddr.Multiaddr;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Dials TCP: from a listening port where there is one that reaches the target and whose pair with
/// it is free, else from a port of the kernel's choice.
public final class TcpDialer {
    /// How long a connection may take to be made, as go's.
    static final Duration CONNECT_TIME = Duration.ofSeconds(5);

    private final SharedPorts ports;
    private final Duration handshakeTime;

    /// One that takes ports of the kernel's choice.
    public TcpDialer() {
        this(new SharedPorts());
    }

    TcpDialer(SharedPorts ports) {
        this(ports, TimedHandshakes.TIME);
    }

    TcpDialer(SharedPorts ports, Duration handshakeTime) {
        this.ports = ports;
        this.handshakeTime = handshakeTime;
    }

    /// Connects and makes a link. The admission is closed with the link, or on failure.
    ///
    /// @param address what is told when it fails
    /// @throws DialException that names the address, unless the other end's identity was wrong
    public Link dial(Multiaddr address, InetSocketAddress target, Admission admission, TcpEnd end)
            throws IOException {
        SocketDuplex socket = null;
        boolean done = false;
        try {
            socket = connect(target);
            Link link =
                    new TimedHandshakes(end, handshakeTime)
                            .link(
                                    socket,
                                    multiaddr(socket.local()),
                                    multiaddr(socket.remote()),
                                    admission);
            done = true;
            link.muxed().whenClosed(admission::close);
            return link;
        } catch (SecurityHandshakeException | DialException e) {
            throw e;
        } catch (ClosedByInterruptException e) {
            InterruptedIOException interrupted =
                    new InterruptedIOException(address + ": the dial was interrupted");
            interrupted.initCause(e);
            throw interrupted;
        } catch (IOException e) {
            throw new DialException(address, e);
        } finally {
            if (!done) {
                if (socket != null) socket.close();
                admission.close();
            }
        }
    }

    static Multiaddr multiaddr(InetSocketAddress address) {
        return IpEndpoint.multiaddr(address, AddressProtocol.TCP, new Multiaddr(List.of()));
    }

    SocketDuplex connect(InetSocketAddress target) throws IOException {
        Optional<InetSocketAddress> source = ports.sourceFor(target);
        if (source.isPresent()) {
            try {
                Optional<SocketDuplex> socket = connect(target, source);
                if (socket.isPresent()) return socket.get();
            } catch (BindException e) {
                // The pair of ports is taken, or the source can't reach the target: any port will
                // do.
                return fromAnyPort(target);
            }
        }
        return fromAnyPort(target);
    }

    private static SocketDuplex fromAnyPort(InetSocketAddress target) throws IOException {
        return connect(target, Optional.empty())
                .orElseThrow(() -> new ConnectException("Connection refused"));
    }

    /// Connects; empty where a socket met itself, as one does that dials its own port while nothing
    /// else takes the connection.
    private static Optional<SocketDuplex> connect(
            InetSocketAddress target, Optional<InetSocketAddress> source) throws IOException {
        SocketChannel channel = SocketChannel.open(SharedPorts.family(target.getAddress()));
        boolean done = false;
        try {
            if (source.isPresent()) SharedPorts.share(channel, source.get());
            try {
                channel.socket().connect(target, Math.toIntExact(CONNECT_TIME.toMillis()));
            } catch (SocketTimeoutException e) {
                SocketTimeoutException late =
                        new SocketTimeoutException(
                                "no connection within " + CONNECT_TIME.toSeconds() + " s");
                late.initCause(e);
                throw late;
            }
            if (channel.getLocalAddress().equals(channel.getRemoteAddress()))
                return Optional.empty();
            SocketDuplex socket = new SocketDuplex(channel);
            done = true;
            return Optional.of(socket);
        } finally {
            if (!done) channel.close();
        }
    }
}
