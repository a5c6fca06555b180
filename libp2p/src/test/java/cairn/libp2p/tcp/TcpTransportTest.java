package cairn.libp2p.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import cairn.libp2p.transport.Admission;
import cairn.libp2p.transport.ChannelUpgrade;
import cairn.libp2p.transport.CountedAdmission;
import cairn.libp2p.transport.DialException;
import cairn.libp2p.transport.Guests;
import cairn.libp2p.transport.Link;
import cairn.libp2p.transport.Listener;
import cairn.libp2p.transport.RawLinks;
import cairn.libp2p.transport.Transport;
import cairn.libp2p.transport.TransportContract;
import cairn.libp2p.wire.Duplex;
import cairn.libp2p.wire.Role;
import cairn.multiformats.multiaddr.Multiaddr;
import org.junit.jupiter.api.Test;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;

class TcpTransportTest extends TransportContract {
    @Override
    protected Transport open(ChannelUpgrade upgrade) {
        return new TcpTransport(upgrade);
    }

    @Override
    protected Multiaddr at(String ip, int port) throws IOException {
        return Multiaddr.parse(ip + "/tcp/" + port);
    }

    @Test
    void it_handles_bare_tcp_only() throws Exception {
        assertThat(transport.handles(Multiaddr.parse("/ip4/1.2.3.4/tcp/1"))).isTrue();
        for (String other :
                List.of("/ip4/1.2.3.4/udp/1", "/ip4/1.2.3.4/tcp/1/ws", "/dns4/a.example/tcp/1"))
            assertThat(transport.handles(Multiaddr.parse(other))).as(other).isFalse();
    }

    @Test
    void dials_leave_from_the_port_that_is_listened_on() throws Exception {
        Guests guests = Guests.welcome();
        try (Transport other = open(RawLinks.upgrade());
                Listener theirs = other.listen(at("/ip4/127.0.0.1", 0), guests)) {
            for (String ip : List.of("/ip4/0.0.0.0", "/ip4/127.0.0.1")) {
                guests.remotes.clear();
                try (Listener ours = transport.listen(at(ip, 0), Guests.welcome())) {
                    Multiaddr from = at("/ip4/127.0.0.1", port(ours.address()));
                    Link link = dial(theirs.address());
                    assertThat(link.local()).isEqualTo(from);
                    guests.next();
                    assertThat(guests.remotes).containsExactly(from);
                    // The pair of ports is taken by the first: any other will do.
                    Link second = dial(theirs.address());
                    assertThat(second.local()).isNotEqualTo(from);
                    guests.next();
                }
            }
        }
    }

    @Test
    void a_listener_on_loopback_is_no_source_for_other_networks() throws Exception {
        SharedPorts ports = new SharedPorts();
        InetSocketAddress loopback;
        try (var channel =
                ports.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            loopback = (InetSocketAddress) channel.getLocalAddress();
            assertThat(
                            ports.sourceFor(
                                    new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 1)))
                    .isEmpty();
            assertThat(ports.sourceFor(new InetSocketAddress(InetAddress.ofLiteral("::1"), 1)))
                    .isEmpty();
            assertThat(
                            ports.sourceFor(
                                    new InetSocketAddress(InetAddress.ofLiteral("127.0.0.2"), 1)))
                    .contains(loopback);
        }
        ports.released(loopback);
        assertThat(ports.sourceFor(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.2"), 1)))
                .isEmpty();
    }

    @Test
    void a_dial_of_its_own_port_meets_the_listener_not_itself() throws Exception {
        Guests guests = Guests.welcome();
        try (Listener listener = transport.listen(at("/ip4/127.0.0.1", 0), guests)) {
            Link link = dial(listener.address());
            assertThat(link.local()).isNotEqualTo(link.remote());
            assertThat(guests.next().remote()).isEqualTo(link.local());
        }
    }

    @Test
    void an_interrupted_dial_ends_and_frees_its_place() throws Exception {
        CountDownLatch waiting = new CountDownLatch(1);
        ChannelUpgrade listening =
                (raw, role, expected, local, remote, place) -> {
                    waiting.countDown();
                    raw.read(new byte[1], 0, 1);
                    throw new IOException("something came");
                };
        CountedAdmission admission = new CountedAdmission();
        try (Transport dialing = open(listening);
                ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Multiaddr address = at("/ip4/127.0.0.1", silent.getLocalPort());
            CompletableFuture<Throwable> thrown = new CompletableFuture<>();
            Thread dial =
                    Thread.startVirtualThread(
                            () -> {
                                try {
                                    dialing.dial(address, RawLinks.KEY.peerId(), admission);
                                } catch (IOException e) {
                                    thrown.complete(e);
                                }
                            });
            waiting.await();
            dial.interrupt();
            assertThat(thrown.get())
                    .isInstanceOf(InterruptedIOException.class)
                    .hasMessageContaining(address.toString());
            assertThat(admission.closes).hasValue(1);
            assertThat(silent.accept().getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void a_dial_whose_handshake_takes_too_long_is_ended() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            TcpDialer dialer = new TcpDialer(new SharedPorts(), Duration.ofMillis(20));
            Multiaddr address = at("/ip4/127.0.0.1", silent.getLocalPort());
            assertThatThrownBy(
                            () ->
                                    dialer.dial(
                                            address,
                                            new InetSocketAddress(
                                                    InetAddress.ofLiteral("127.0.0.1"),
                                                    silent.getLocalPort()),
                                            Admission.unlimited(),
                                            TcpTransportTest::hears))
                    .isInstanceOf(DialException.class)
                    .hasMessageContaining("not done within 0.02 s");
        }
    }

    /// An end that waits for a byte, and has no links.
    private static Link hears(Duplex raw, Multiaddr local, Multiaddr remote, Admission place)
            throws IOException {
        if (raw.read(new byte[1], 0, 1) < 0) throw new IOException("nothing came");
        throw new IOException("something came");
    }

    /// A source of connections that fails as often as it has permits for it.
    private static final class Failing implements TcpListener.Source {
        final Semaphore failures = new Semaphore(3);
        final BlockingQueue<SocketChannel> channels = new LinkedBlockingQueue<>();

        @Override
        public SocketChannel accept() throws IOException {
            if (failures.tryAcquire()) throw new IOException("Too many open files");
            try {
                return channels.take();
            } catch (InterruptedException e) {
                throw new ClosedChannelException();
            }
        }

        @Override
        public void close() {}
    }

    @Test
    void a_listener_without_descriptors_goes_on_once_there_are_some() throws Exception {
        Failing source = new Failing();
        Guests guests = Guests.welcome();
        TcpListener listener =
                new TcpListener(
                        source,
                        new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 1),
                        new Multiaddr(List.of()),
                        new TimedHandshakes(
                                (raw, local, remote, place) ->
                                        RawLinks.upgrade()
                                                .upgrade(
                                                        raw,
                                                        Role.RESPONDER,
                                                        Optional.empty(),
                                                        local,
                                                        remote,
                                                        place),
                                TimedHandshakes.TIME),
                        guests);
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            source.channels.add(SocketChannel.open(server.getLocalSocketAddress()));
            listener.start();
            guests.next();
            assertThat(source.failures.availablePermits()).isZero();
        } finally {
            listener.close();
        }
    }

    @Test
    void a_listener_has_a_limited_number_of_handshakes_and_ends_those_that_are_slow()
            throws Exception {
        List<Socket> slow = new ArrayList<>();
        ServerSocketSource source = new ServerSocketSource();
        Guests guests = Guests.welcome();
        TcpListener listener =
                new TcpListener(
                        source,
                        source.at,
                        new Multiaddr(List.of()),
                        new TimedHandshakes(TcpTransportTest::hears, Duration.ofSeconds(1)),
                        guests);
        try {
            int more = TcpListener.MAX_HANDSHAKES + 20;
            for (int i = 0; i < more; i++)
                slow.add(new Socket(source.at.getAddress(), source.at.getPort()));
            listener.start();
            await().until(() -> guests.remotes.size() == TcpListener.MAX_HANDSHAKES);
            assertThat(guests.admissions).noneMatch(a -> a.closes.get() > 0);
            await().until(() -> guests.remotes.size() == more);
            await().until(() -> guests.admissions.stream().allMatch(a -> a.closes.get() == 1));
        } finally {
            listener.close();
            for (Socket socket : slow) socket.close();
        }
    }

    private static final class ServerSocketSource implements TcpListener.Source {
        private final ServerSocketChannel channel = ServerSocketChannel.open();
        final InetSocketAddress at;

        ServerSocketSource() throws IOException {
            channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
            at = (InetSocketAddress) channel.getLocalAddress();
        }

        @Override
        public SocketChannel accept() throws IOException {
            return channel.accept();
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
