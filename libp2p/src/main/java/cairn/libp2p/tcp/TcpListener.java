package cairn.libp2p.tcp;

import cairn.libp2p.transport.Admission;
import cairn.libp2p.transport.Inbound;
import cairn.libp2p.transport.IpEndpoint;
import cairn.libp2p.transport.Link;
import cairn.libp2p.transport.Listener;
import cairn.multiformats.multiaddr.AddressProtocol;
import cairn.multiformats.multiaddr.Multiaddr;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/// A listening TCP socket: one virtual thread accepts, one for each connection does its handshakes.
///
/// A connection is asked about before a byte of it is read. At most [#MAX_HANDSHAKES] are in their
/// handshakes at a time; more wait with the kernel, each no longer than [TimedHandshakes#TIME].
/// When the process is out of descriptors it waits and goes on.
final class TcpListener implements Listener {
    /// The most handshakes at a time. One costs some tens of kilobytes and a millisecond of CPU;
    /// those of one address are limited by whoever admits them.
    static final int MAX_HANDSHAKES = 256;

    /// How long to wait after an accept that failed: until a descriptor is free again.
    static final Duration ACCEPT_PAUSE = Duration.ofMillis(100);

    /// How long closing waits for the thread that accepts, which has been told to end.
    private static final Duration CLOSE_TIME = Duration.ofSeconds(1);

    /// Where connections come from.
    interface Source extends AutoCloseable {
        SocketChannel accept() throws IOException;

        @Override
        void close() throws IOException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(TcpListener.class);

    private final Source source;
    private final InetSocketAddress bound;
    private final Multiaddr tail;
    private final TimedHandshakes handshakes;
    private final Inbound inbound;
    private final Semaphore slots = new Semaphore(MAX_HANDSHAKES);
    private final Set<SocketDuplex> shaking = ConcurrentHashMap.newKeySet();
    private final Thread acceptor;

    private volatile boolean closed;

    TcpListener(
            Source source,
            InetSocketAddress bound,
            Multiaddr tail,
            TimedHandshakes handshakes,
            Inbound inbound) {
        this.source = source;
        this.bound = bound;
        this.tail = tail;
        this.handshakes = handshakes;
        this.inbound = inbound;
        this.acceptor = Thread.ofVirtual().name("accept " + address()).unstarted(this::accept);
    }

    /// Listens at an address and begins to accept.
    ///
    /// @param tail what stands behind the port in the address, such as `/ws`
    static TcpListener open(
            SharedPorts ports, InetSocketAddress at, Multiaddr tail, TcpEnd end, Inbound inbound)
            throws IOException {
        ServerSocketChannel channel = ports.listen(at);
        InetSocketAddress bound = (InetSocketAddress) channel.getLocalAddress();
        Source source =
                new Source() {
                    @Override
                    public SocketChannel accept() throws IOException {
                        return channel.accept();
                    }

                    @Override
                    public void close() throws IOException {
                        ports.released(bound);
                        channel.close();
                    }
                };
        TcpListener listener =
                new TcpListener(
                        source,
                        bound,
                        tail,
                        new TimedHandshakes(end, TimedHandshakes.TIME),
                        inbound);
        listener.start();
        return listener;
    }

    void start() {
        acceptor.start();
    }

    @Override
    public Multiaddr address() {
        return IpEndpoint.multiaddr(bound, AddressProtocol.TCP, tail);
    }

    private void accept() {
        boolean failing = false;
        while (!closed) {
            try {
                slots.acquire();
            } catch (InterruptedException e) {
                return;
            }
            try {
                SocketChannel channel = source.accept();
                Thread.ofVirtual().name("handshake " + address()).start(() -> welcome(channel));
                failing = false;
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException e) {
                slots.release();
                if (!failing) LOG.warn("{} can't accept for now: {}", address(), e.getMessage());
                failing = true;
                if (!pause()) return;
            }
        }
    }

    private static boolean pause() {
        try {
            Thread.sleep(ACCEPT_PAUSE);
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    /// Sees to one connection, on a thread of its own; gives back its slot once its handshakes are
    /// done.
    private void welcome(SocketChannel channel) {
        Greeted greeted;
        try {
            greeted = greet(channel);
        } catch (IOException e) {
            LOG.debug("{} takes no connection: {}", address(), e.getMessage());
            return;
        } finally {
            slots.release();
        }
        greeted.link().muxed().whenClosed(greeted.admission()::close);
        inbound.accept(greeted.link(), greeted.admission());
    }

    private record Greeted(Link link, Admission admission) {}

    private Greeted greet(SocketChannel channel) throws IOException {
        boolean done = false;
        try {
            SocketDuplex socket = new SocketDuplex(channel);
            if (socket.remote().getAddress() instanceof Inet4Address
                    && bound.getAddress() instanceof Inet6Address)
                throw new IOException("IPv4 at an IPv6 address");
            shaking.add(socket);
            try {
                if (closed) throw new ClosedChannelException();
                Multiaddr local = TcpDialer.multiaddr(socket.local());
                Multiaddr remote = TcpDialer.multiaddr(socket.remote());
                Admission admission = inbound.admit(local.with(tail), remote.with(tail));
                try {
                    Link link = handshakes.link(socket, local, remote, admission);
                    done = true;
                    return new Greeted(link, admission);
                } finally {
                    if (!done) admission.close();
                }
            } finally {
                shaking.remove(socket);
            }
        } finally {
            if (!done) channel.close();
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        try {
            source.close();
        } finally {
            acceptor.interrupt();
            for (SocketDuplex socket : shaking) socket.close();
            awaitAcceptor();
        }
    }

    /// Waits until the accepting thread is gone: the kernel takes connections until then.
    private void awaitAcceptor() {
        try {
            acceptor.join(CLOSE_TIME);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
