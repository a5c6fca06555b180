package cairn.libp2p.dial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class DiallerTest {
    private static final SigningKey KEY = SigningKey.generate();
    private static final PeerId PEER = KEY.peerId();
    private static final String QUIC = "/ip4/192.0.2.1/udp/1/quic-v1";
    private static final String TCP = "/ip4/192.0.2.1/tcp/1";

    private final List<Multiaddr> tried = new CopyOnWriteArrayList<>();
    private final List<Multiaddr> asked = new CopyOnWriteArrayList<>();
    private final List<Multiaddr> resolving = new CopyOnWriteArrayList<>();
    private final Map<String, LinkMaker> networks = new ConcurrentHashMap<>();
    private final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));

    private Dialler dialler(AddressResolution resolution, LongSupplier nanos) {
        AddressResolution counted =
                name -> {
                    asked.add(name);
                    resolving.add(name);
                    try {
                        return resolution.resolve(name);
                    } finally {
                        resolving.remove(name);
                    }
                };
        return new Dialler(this::make, counted, (p, a) -> Optional.empty(), now::get, nanos);
    }

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
    void names_hold_up_no_address_that_has_none() throws Exception {
        networks.put(TCP, (peer, address) -> link(address));
        List<Multiaddr> all = new ArrayList<>(names(100));
        all.addAll(addresses(TCP));
        Dialler dialler = dialler(DiallerTest::neverResolved, System::nanoTime);
        assertThat(dialler.dial(PEER, all, false).link().remote()).hasToString(TCP);
        await().untilAsserted(() -> assertThat(resolving).isEmpty());
    }

    @Test
    void a_few_names_are_resolved_side_by_side_and_no_more() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        Dialler dialler =
                dialler(
                        name -> {
                            awaitOrFail(go);
                            throw new IOException("no such name");
                        },
                        System::nanoTime);
        List<Multiaddr> names = names(100);
        Thread dialling =
                Thread.startVirtualThread(
                        () ->
                                assertThatThrownBy(() -> dialler.dial(PEER, names, false))
                                        .hasMessageContaining("can't be resolved: no such name"));
        await().until(() -> resolving.size() == Dialler.MAX_NAMES);
        go.countDown();
        dialling.join();
        assertThat(asked).hasSize(Dialler.MAX_NAMES);
    }

    @Test
    void what_is_behind_a_name_joins_the_race() throws Exception {
        networks.put(QUIC, failing("refused"));
        networks.put(TCP, (peer, address) -> link(address));
        Dialler dialler = dialler(name -> addresses(TCP, QUIC), System::nanoTime);
        List<Multiaddr> all = new ArrayList<>(names(1));
        all.addAll(addresses(QUIC));
        assertThat(dialler.dial(PEER, all, false).link().remote()).hasToString(TCP);
        assertThat(tried).containsExactlyInAnyOrderElementsOf(addresses(QUIC, TCP));
    }

    @Test
    void a_dial_ends_after_a_minute_however_many_addresses_there_are() throws Exception {
        AtomicLong clock = new AtomicLong();
        long step = Duration.ofSeconds(20).toNanos();
        List<Multiaddr> all = new ArrayList<>();
        for (int i = 1; i <= 100; i++) {
            String address = "/ip4/192.0.2.1/tcp/" + i;
            networks.put(address, failing("refused"));
            all.addAll(addresses(address));
        }
        Dialler dialler = dialler(List::of, () -> clock.addAndGet(step));
        assertThatExceptionOfType(DialException.class)
                .isThrownBy(() -> dialler.dial(PEER, all, true))
                .satisfies(
                        e ->
                                assertThat(e.failures())
                                        .hasSize(100)
                                        .last()
                                        .extracting(DialException.Failure::reason)
                                        .asString()
                                        .contains("not its turn within the 60 s"));
    }

    @Test
    void a_link_that_closes_badly_after_the_winner_takes_nothing_from_it() throws Exception {
        CountDownLatch closing = new CountDownLatch(1);
        FakeConnection late = new FakeConnection(closing);
        CountDownLatch bothDial = new CountDownLatch(2);
        LinkMaker first = (peer, address) -> meet(bothDial, link(address, late));
        LinkMaker second = (peer, address) -> meet(bothDial, link(address, late));
        networks.put(QUIC, first);
        networks.put("/ip6/2001:db8::1/udp/1/quic-v1", second);
        // On this clock both are due at once, and both links are there when the first is taken.
        AtomicLong clock = new AtomicLong();
        Dialler dialler =
                dialler(List::of, () -> clock.addAndGet(Duration.ofMillis(300).toNanos()));
        List<Multiaddr> both = addresses(QUIC, "/ip6/2001:db8::1/udp/1/quic-v1");
        assertThat(dialler.dial(PEER, both, false)).isNotNull();
        closing.await();
    }

    @Test
    void an_attempt_that_breaks_off_is_a_failure_and_no_wait_without_end() throws Exception {
        LinkMaker broken =
                (peer, address) -> {
                    throw new IllegalStateException("a bug, as this test has it");
                };
        networks.put(QUIC, broken);
        networks.put(TCP, (peer, address) -> link(address));
        assertThat(dialler().dial(PEER, addresses(QUIC, TCP), false).link().remote())
                .hasToString(TCP);
        networks.put(TCP, broken);
        assertThatThrownBy(() -> dialler().dial(PEER, addresses(TCP), false))
                .hasMessageContaining("broke off");
    }

    @Test
    void no_addresses_are_an_error_that_says_so() {
        assertThatThrownBy(() -> dialler().dial(PEER, List.of(), false))
                .isInstanceOf(DialException.class)
                .hasMessageContaining("no addresses");
    }

    private static List<Multiaddr> names(int count) throws IOException {
        List<Multiaddr> names = new ArrayList<>();
        for (int i = 0; i < count; i++)
            names.add(Multiaddr.parse("/dns4/a" + i + ".example.com/tcp/1"));
        return names;
    }

    private static List<Multiaddr> neverResolved(Multiaddr name) throws IOException {
        awaitOrFail(new CountDownLatch(1));
        return List.of(name);
    }

    private static void awaitOrFail(CountDownLatch latch) throws InterruptedIOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    private static Dialled meet(CountDownLatch others, Dialled dialled) throws IOException {
        others.countDown();
        awaitOrFail(others);
        return dialled;
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
        private final CountDownLatch closesBadly;
        private volatile boolean closed;

        FakeConnection() {
            this(new CountDownLatch(0));
        }

        /// One that fails to close, and says when.
        FakeConnection(CountDownLatch closesBadly) {
            this.closesBadly = closesBadly;
        }

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
        public void close() throws IOException {
            closed = true;
            if (closesBadly.getCount() == 0) return;
            closesBadly.countDown();
            throw new IOException("doesn't close well");
        }
    }
}
