package cairn.libp2p.dial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import cairn.libp2p.crypto.SigningKey;
import cairn.libp2p.muxer.MuxedConnection;
import cairn.libp2p.muxer.MuxedStream;
import cairn.libp2p.muxer.StreamAcceptor;
import cairn.libp2p.transport.Admission;
import cairn.libp2p.transport.Link;
import cairn.multiformats.multiaddr.Multiaddr;
import cairn.multiformats.peer.PeerId;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class DiallerTest {
    private static final SigningKey KEY = SigningKey.generate();
    private static final PeerId PEER = KEY.peerId();
    private static final String QUIC = "/ip4/192.0.2.1/udp/1/quic-v1";
    private static final String TCP = "/ip4/192.0.2.1/tcp/1";

    private final List<Multiaddr> tried = new CopyOnWriteArrayList<>();
    private final Map<String, LinkMaker> networks = new ConcurrentHashMap<>();
    private final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));

    private Dialler dialler(DialFilter filter) {
        return new Dialler(this::make, List::of, filter, now::get, System::nanoTime);
    }

    private Dialler dialler() {
        return dialler((peer, address) -> Optional.empty());
    }

    private Dialled make(PeerId peer, Multiaddr address) throws IOException {
        tried.add(address);
        return networks.get(address.toString()).make(peer, address);
    }

    @Test
    void the_first_link_wins_and_the_other_attempts_end() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        networks.put(
                QUIC,
                (peer, address) -> {
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        interrupted.countDown();
                    }
                    throw new InterruptedIOException("given up");
                });
        networks.put(TCP, (peer, address) -> link(address));
        Dialled dialled = dialler().dial(PEER, addresses(QUIC, TCP), false);
        assertThat(dialled.link().remote()).hasToString(TCP);
        interrupted.await();
    }

    @Test
    void a_link_that_comes_after_the_winner_is_closed() throws Exception {
        FakeConnection late = new FakeConnection();
        networks.put(
                QUIC,
                (peer, address) -> {
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        return link(address, late);
                    }
                    throw new IOException("never");
                });
        networks.put(TCP, (peer, address) -> link(address));
        dialler().dial(PEER, addresses(QUIC, TCP), false);
        await().until(late::isClosed);
    }

    @Test
    void when_all_running_attempts_failed_the_next_doesn_t_wait() throws Exception {
        networks.put(QUIC, failing("refused"));
        networks.put(TCP, (peer, address) -> link(address));
        // On a clock that stands still TCP is never due.
        Dialler dialler =
                new Dialler(this::make, List::of, (p, a) -> Optional.empty(), now::get, () -> 0);
        assertThat(dialler.dial(PEER, addresses(QUIC, TCP), false).link().remote())
                .hasToString(TCP);
    }

    @Test
    void a_failure_names_each_address_and_its_reason() {
        networks.put(QUIC, failing("port unreachable"));
        networks.put(TCP, failing("connection refused"));
        assertThatThrownBy(() -> dialler().dial(PEER, addresses(QUIC, TCP), false))
                .isInstanceOf(DialException.class)
                .hasMessageContainingAll(QUIC, "port unreachable", TCP, "connection refused");
    }

    @Test
    void a_filtered_address_is_never_dialled() {
        DialFilter filter = (peer, address) -> Optional.of("filtered");
        assertThatThrownBy(() -> dialler(filter).dial(PEER, addresses(TCP), true))
                .hasMessageContaining("filtered");
        assertThat(tried).isEmpty();
    }

    @Test
    void a_failed_address_waits_longer_each_time_unless_the_caller_insists() throws Exception {
        networks.put(TCP, failing("refused"));
        Dialler dialler = dialler();
        assertThatThrownBy(() -> dialler.dial(PEER, addresses(TCP), false))
                .hasMessageContaining("refused");
        assertThatThrownBy(() -> dialler.dial(PEER, addresses(TCP), false))
                .hasMessageContaining("again in 5 s");
        assertThatThrownBy(() -> dialler.dial(PEER, addresses(TCP), true))
                .hasMessageContaining("refused");
        assertThatThrownBy(() -> dialler.dial(PEER, addresses(TCP), false))
                .hasMessageContaining("again in 6 s");
        now.set(now.get().plusSeconds(6));
        networks.put(TCP, (peer, address) -> link(address));
        assertThat(dialler.dial(PEER, addresses(TCP), false)).isNotNull();
    }

    @Test
    void no_addresses_are_an_error_that_says_so() {
        assertThatThrownBy(() -> dialler().dial(PEER, List.of(), false))
                .isInstanceOf(DialException.class)
                .hasMessageContaining("no addresses");
    }

    private LinkMaker failing(String reason) {
        return (peer, address) -> {
            throw new IOException(reason);
        };
    }

    private static List<Multiaddr> addresses(String... texts) throws IOException {
        Multiaddr[] addresses = new Multiaddr[texts.length];
        for (int i = 0; i < texts.length; i++) addresses[i] = Multiaddr.parse(texts[i]);
        return List.of(addresses);
    }

    private static Dialled link(Multiaddr address) {
        return link(address, new FakeConnection());
    }

    private static Dialled link(Multiaddr address, MuxedConnection muxed) {
        Link link = new Link(muxed, KEY.publicKey(), address, address, "/none", "/none");
        return new Dialled(link, Admission.unlimited());
    }

    /// A connection that only knows whether it was closed.
    private static final class FakeConnection implements MuxedConnection {
        private volatile boolean closed;

        @Override
        public void start(StreamAcceptor acceptor) {
            throw new AssertionError("a dialler starts nothing");
        }

        @Override
        public MuxedStream open() {
            throw new AssertionError("a dialler opens nothing");
        }

        @Override
        public int streams() {
            return 0;
        }

        @Override
        public Optional<Duration> roundTrip() {
            return Optional.empty();
        }

        @Override
        public void whenClosed(Runnable callback) {
            throw new AssertionError("a dialler waits for no end");
        }

        @Override
        public boolean isClosed() {
            return closed;
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
