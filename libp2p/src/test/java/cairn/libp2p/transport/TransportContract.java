package cairn.libp2p.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import cairn.libp2p.wire.Duplex;
import cairn.libp2p.wire.Messages;
import cairn.multiformats.multiaddr.Multiaddr;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// What every transport over TCP does.
public abstract class TransportContract {
    protected final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    protected Transport transport;

    /// A transport with an upgrade.
    protected abstract Transport open(ChannelUpgrade upgrade) throws Exception;

    /// An address of the transport on loopback, by its IP part, such as `/ip4/127.0.0.1`.
    protected abstract Multiaddr at(String ip, int port) throws Exception;

    @BeforeEach
    void open() throws Exception {
        transport = open(RawLinks.upgrade());
    }

    @AfterEach
    void close() throws Exception {
        transport.close();
        threads.shutdownNow();
    }

    protected static int port(Multiaddr address) {
        return IpEndpoint.of(address).orElseThrow().address().getPort();
    }

    protected Link dial(Multiaddr address) throws IOException {
        return transport.dial(address, RawLinks.KEY.peerId(), Admission.unlimited());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ip4/127.0.0.1", "/ip6/::1"})
    void bytes_arrive_unchanged_both_ways(String ip) throws Exception {
        Guests guests = Guests.welcome();
        try (Listener listener = transport.listen(at(ip, 0), guests)) {
            assertThat(port(listener.address())).isNotZero();
            assertThat(transport.handles(listener.address())).isTrue();
            Duplex here = RawLinks.channel(dial(listener.address()));
            Duplex there = RawLinks.channel(guests.next());
            // Around the lengths of frame headers, the read buffer, and a system call.
            int[] sizes = {
                1, 125, 126, 8191, 8192, 8193, 65535, 65536, 65537, 262_144, 262_145, 3_000_000
            };
            for (int size : sizes) {
                carries(here, there, size);
                carries(there, here, size);
            }
            here.close();
            assertThat(there.read(new byte[1], 0, 1)).isEqualTo(-1);
        }
    }

    private void carries(Duplex from, Duplex to, int size) throws Exception {
        byte[] sent = new byte[size + 3];
        new Random(size).nextBytes(sent);
        byte[] kept = sent.clone();
        Future<?> writing =
                threads.submit(
                        () -> {
                            from.write(sent, 3, size);
                            return null;
                        });
        byte[] got = new byte[size + 5];
        Messages.readFully(to, got, 5, size);
        writing.get();
        assertThat(Arrays.equals(got, 5, size + 5, sent, 3, size + 3)).isTrue();
        assertThat(sent).as("the caller's array").isEqualTo(kept);
    }

    @Test
    void the_admission_counts_the_bytes_and_is_given_back_with_the_link() throws Exception {
        Guests guests = Guests.welcome();
        CountedAdmission ours = new CountedAdmission();
        try (Listener listener = transport.listen(at("/ip4/127.0.0.1", 0), guests)) {
            Link link = transport.dial(listener.address(), RawLinks.KEY.peerId(), ours);
            Link other = guests.next();
            RawLinks.channel(link).write(new byte[1000], 0, 1000);
            Messages.readFully(RawLinks.channel(other), new byte[1000], 0, 1000);
            CountedAdmission theirs = guests.admissions.getFirst();
            assertThat(ours.sent).hasValueGreaterThanOrEqualTo(1000);
            assertThat(theirs.received).hasValue(ours.sent.get());
            assertThat(ours.closes).hasValue(0);
            link.muxed().close();
            other.muxed().close();
            assertThat(ours.closes).hasValue(1);
            assertThat(theirs.closes).hasValue(1);
        }
    }

    @Test
    void a_refused_connection_is_closed_without_a_word() throws Exception {
        Guests guests = Guests.refused();
        try (Listener listener = transport.listen(at("/ip4/127.0.0.1", 0), guests);
                Socket socket =
                        new Socket(InetAddress.getLoopbackAddress(), port(listener.address()))) {
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
            assertThat(guests.remotes).hasSize(1);
        }
    }

    @Test
    void a_dial_that_fails_names_the_address_and_gives_the_admission_back() throws Exception {
        Multiaddr gone;
        try (Listener listener = transport.listen(at("/ip4/127.0.0.1", 0), Guests.welcome())) {
            gone = listener.address();
        }
        CountedAdmission admission = new CountedAdmission();
        assertThatThrownBy(() -> transport.dial(gone, RawLinks.KEY.peerId(), admission))
                .isInstanceOf(DialException.class)
                .hasMessageContaining(gone.toString())
                .hasMessageContaining("Connection refused");
        assertThat(admission.closes).hasValue(1);
    }

    @Test
    void an_upgrade_that_fails_closes_the_connection_at_both_ends() throws Exception {
        Guests guests = Guests.welcome();
        CountedAdmission admission = new CountedAdmission();
        ChannelUpgrade failing =
                (raw, role, expected, local, remote, place) -> {
                    throw new IOException("no security in common");
                };
        try (Transport other = open(failing);
                Listener listener = transport.listen(at("/ip4/127.0.0.1", 0), guests)) {
            assertThatThrownBy(
                            () -> other.dial(listener.address(), RawLinks.KEY.peerId(), admission))
                    .isInstanceOf(DialException.class)
                    .hasMessageContaining("no security in common");
            assertThat(admission.closes).hasValue(1);
            assertThat(RawLinks.channel(guests.next()).read(new byte[1], 0, 1)).isEqualTo(-1);
        }
        Guests none = Guests.welcome();
        try (Transport other = open(failing);
                Listener listener = other.listen(at("/ip4/127.0.0.1", 0), none);
                Socket socket = connected(listener)) {
            // Whatever the listener needs to come as far as the upgrade, it gets none of it.
            socket.shutdownOutput();
            assertThat(socket.getInputStream().readAllBytes()).hasSizeLessThan(1000);
            await().until(() -> none.admissions.getFirst().closes.get() == 1);
        }
    }

    private static Socket connected(Listener listener) throws IOException {
        Socket socket = new Socket();
        socket.connect(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port(listener.address())),
                5000);
        return socket;
    }

    @Test
    void closing_ends_the_reads_and_writes_that_wait() throws Exception {
        Guests guests = Guests.welcome();
        try (Listener listener = transport.listen(at("/ip4/127.0.0.1", 0), guests)) {
            Duplex here = RawLinks.channel(dial(listener.address()));
            guests.next();
            Future<?> reading = threads.submit(() -> here.read(new byte[1], 0, 1));
            Future<?> writing =
                    threads.submit(
                            () -> {
                                byte[] much = new byte[1 << 20];
                                while (true) here.write(much, 0, much.length);
                            });
            assertThat(reading.isDone()).isFalse();
            here.close();
            assertThatThrownBy(reading::get).hasCauseInstanceOf(IOException.class);
            assertThatThrownBy(writing::get).hasCauseInstanceOf(IOException.class);
        }
    }

    @Test
    void a_listener_that_is_closed_takes_no_more_and_its_links_live_on() throws Exception {
        Guests guests = Guests.welcome();
        Listener listener = transport.listen(at("/ip4/127.0.0.1", 0), guests);
        Duplex here = RawLinks.channel(dial(listener.address()));
        Duplex there = RawLinks.channel(guests.next());
        listener.close();
        listener.close();
        carries(here, there, 100);
        assertThatThrownBy(() -> dial(listener.address())).isInstanceOf(DialException.class);
    }

    @Test
    void a_port_that_is_taken_is_told() throws Exception {
        try (Listener listener = transport.listen(at("/ip4/127.0.0.1", 0), Guests.welcome());
                Transport other = open(RawLinks.upgrade())) {
            assertThatThrownBy(() -> other.listen(listener.address(), Guests.welcome()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(listener.address().toString())
                    .hasMessageContaining("already in use");
        }
    }

    @Test
    void ip6_takes_no_ip4_and_both_listen_at_one_port() throws Exception {
        Guests six = Guests.welcome();
        Guests four = Guests.welcome();
        try (Listener wide = transport.listen(at("/ip6/::", 0), six)) {
            int port = port(wide.address());
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                assertThat(socket.getInputStream().read()).isEqualTo(-1);
            }
            try (Listener narrow = transport.listen(at("/ip4/0.0.0.0", port), four)) {
                assertThat(narrow.address()).isEqualTo(at("/ip4/0.0.0.0", port));
                dial(at("/ip4/127.0.0.1", port));
                four.next();
                dial(at("/ip6/::1", port));
                six.next();
            }
        }
        assertThat(six.remotes).hasSize(1);
        assertThat(four.remotes).hasSize(1);
    }
}
