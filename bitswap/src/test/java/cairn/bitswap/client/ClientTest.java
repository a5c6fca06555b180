package cairn.bitswap.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import cairn.bitswap.ProviderFinder;
import cairn.bitswap.message.WantlistEntry;
import cairn.bitswap.message.WantlistEntry.Kind;
import cairn.bitswap.session.BlockNotFoundException;
import cairn.bitswap.session.BlockTaker;
import cairn.bitswap.session.ExchangeLimits;
import cairn.bitswap.session.SessionOptions;
import cairn.libp2p.discovery.PeerAddresses;
import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import cairn.multiformats.Hashes;
import cairn.multiformats.Multicodec;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A client between real hosts.
@Timeout(60)
final class ClientTest {
    private static final Hashes HASHES = Hashes.jdk();
    private static final ProviderFinder NOBODY = (cid, found) -> {};
    private static final SessionOptions SHORT =
            SessionOptions.DEFAULT.searchTime(Duration.ofMillis(700));

    private final Map<Cid, Block> blocks = new ConcurrentHashMap<>();
    private final List<Closeable> open = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        for (Closeable one : open.reversed()) one.close();
    }

    private FakeServer server() throws IOException {
        FakeServer server = new FakeServer(cid -> Optional.ofNullable(blocks.get(cid)));
        open.add(server);
        return server;
    }

    private ClientHost client(ProviderFinder finder, FakeServer... connected) throws IOException {
        return client(finder, ClientOptions.of(HASHES), connected);
    }

    private ClientHost client(ProviderFinder finder, ClientOptions options, FakeServer... connected)
            throws IOException {
        ClientHost client = new ClientHost(finder, options);
        open.add(client);
        for (FakeServer server : connected) client.host.connect(server.address());
        await().until(() -> client.client.stat().exchange().peers() == connected.length);
        return client;
    }

    private static Block newBlock(int number, int size) {
        byte[] bytes = ByteBuffer.allocate(size).putInt(0, number).array();
        return Block.hashed(
                1, Multicodec.RAW, HASHES.find(Multicodec.SHA2_256).orElseThrow(), bytes);
    }

    private List<Cid> store(int count, int size) {
        List<Cid> cids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Block block = newBlock(i, size);
            blocks.put(block.cid(), block);
            cids.add(block.cid());
        }
        return cids;
    }

    /// Counts what comes.
    private static final class Counter implements BlockTaker {
        final CountDownLatch left;
        final AtomicInteger failed = new AtomicInteger();

        Counter(int count) {
            left = new CountDownLatch(count);
        }

        @Override
        public void arrived(Block block, String source) {
            left.countDown();
        }

        @Override
        public void failed(Cid cid, IOException why) {
            failed.incrementAndGet();
            left.countDown();
        }

        void await() throws InterruptedException {
            assertThat(left.await(50, TimeUnit.SECONDS)).isTrue();
            assertThat(failed).hasValue(0);
        }
    }

    private static Optional<Block> awaited(CountDownLatch gate, Block block) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Optional.of(block);
    }

    @Test
    void a_taker_that_fails_keeps_nothing_from_the_others_and_the_peer_is_let_go()
            throws Exception {
        Cid cid = store(1, 1000).getFirst();
        CountDownLatch gate = new CountDownLatch(1);
        FakeServer server = new FakeServer(asked -> awaited(gate, blocks.get(asked)));
        open.add(server);
        ClientHost client = client(NOBODY, server);
        BlockTaker failing =
                new BlockTaker() {
                    @Override
                    public void arrived(Block block, String source) {
                        throw new IllegalStateException("a bug");
                    }

                    @Override
                    public void failed(Cid missing, IOException why) {}
                };
        Counter counter = new Counter(1);
        try (Session session = client.client.open(SessionOptions.DEFAULT)) {
            session.want(cid, failing);
            session.want(cid, counter);
            gate.countDown();
            counter.await();
            await().until(() -> client.host.swarm().connections(server.host.id()).isEmpty());
        }
    }

    @Test
    void a_block_of_a_connected_peer_is_fetched() throws Exception {
        Cid cid = store(1, 1000).getFirst();
        ClientHost client = client(NOBODY, server());
        try (Session session = client.client.open(SessionOptions.DEFAULT)) {
            assertThat(session.get(cid)).isEqualTo(blocks.get(cid));
            assertThat(session.stat().blocks()).isEqualTo(1);
        }
        assertThat(client.client.wantlist()).isEmpty();
    }

    @Test
    void many_blocks_of_two_peers_come_and_hardly_any_twice() throws Exception {
        List<Cid> cids = store(400, 256 << 10);
        FakeServer one = server();
        FakeServer two = server();
        ClientHost client = client(NOBODY, one, two);
        try (Session session = client.client.open(SessionOptions.DEFAULT)) {
            Counter counter = new Counter(cids.size());
            for (Cid cid : cids) session.want(cid, counter);
            counter.await();
            assertThat(session.stat().have()).isEqualTo(2);
            assertThat(session.stat().duplicates()).isLessThan(40);
        }
        long both =
                client.client.ledger(one.host.id()).orElseThrow().blocks()
                        + client.client.ledger(two.host.id()).orElseThrow().blocks();
        assertThat(both).isEqualTo(400);
    }

    @Test
    void fifty_thousand_tiny_blocks_come() throws Exception {
        List<Cid> cids = store(50_000, 100);
        ClientHost client = client(NOBODY, server());
        try (Session session = client.client.open(SessionOptions.DEFAULT)) {
            Counter counter = new Counter(cids.size());
            for (Cid cid : cids) session.want(cid, counter);
            counter.await();
        }
    }

    @Test
    void what_nobody_has_is_an_error_that_says_who_was_asked() throws Exception {
        Cid absent = newBlock(7, 100).cid();
        ClientHost client = client(NOBODY, server(), server());
        try (Session session = client.client.open(SHORT)) {
            assertThatThrownBy(() -> session.get(absent))
                    .isInstanceOf(BlockNotFoundException.class)
                    .hasMessageContaining(absent.toString())
                    .hasMessageContaining("asked 2 peers for 1 s (2 without it");
        }
        assertThat(client.client.wantlist()).isEmpty();
    }

    @Test
    void providers_that_are_found_are_connected_to_and_asked() throws Exception {
        Cid cid = store(1, 1000).getFirst();
        FakeServer server = server();
        PeerAddresses address = PeerAddresses.of(server.address());
        ClientHost client = client((wanted, found) -> found.accept(address));
        try (Session session = client.client.open(SessionOptions.DEFAULT)) {
            assertThat(session.get(cid)).isEqualTo(blocks.get(cid));
        }
    }

    @Test
    void a_connected_peer_that_has_it_is_asked_before_providers_are_looked_for() throws Exception {
        Cid cid = store(1, 1000).getFirst();
        AtomicInteger searches = new AtomicInteger();
        ClientHost client = client((wanted, found) -> searches.incrementAndGet(), server());
        try (Session session = client.client.open(SessionOptions.DEFAULT)) {
            session.get(cid);
        }
        assertThat(searches).hasValue(0);
    }

    @Test
    void a_session_that_closes_cancels_what_its_sources_are_at() throws Exception {
        Set<Cid> cancelled = ConcurrentHashMap.newKeySet();
        CountDownLatch wanted = new CountDownLatch(1);
        Source slow =
                new Source() {
                    @Override
                    public String name() {
                        return "slow";
                    }

                    @Override
                    public void want(Cid cid, Kind kind, SourceAnswers to) {
                        wanted.countDown();
                    }

                    @Override
                    public void cancel(Cid cid) {
                        cancelled.add(cid);
                    }

                    @Override
                    public void banned(IOException why) {}
                };
        Cid absent = newBlock(7, 100).cid();
        Session session = client(NOBODY).client.open(SessionOptions.DEFAULT);
        session.add(slow);
        session.want(absent, new Counter(1));
        wanted.await();
        session.close();
        await().until(() -> cancelled.contains(absent));
    }

    @Test
    void interrupting_a_get_cancels_the_want_at_the_peer() throws Exception {
        Cid absent = newBlock(7, 100).cid();
        FakeServer server = server();
        ClientHost client = client(NOBODY, server);
        try (Session session = client.client.open(SessionOptions.DEFAULT)) {
            AtomicReference<Exception> outcome = new AtomicReference<>();
            Thread getting =
                    Thread.startVirtualThread(
                            () -> {
                                try {
                                    session.get(absent);
                                } catch (IOException | InterruptedException e) {
                                    outcome.set(e);
                                }
                            });
            await().until(() -> !server.heard.isEmpty());
            getting.interrupt();
            getting.join();
            assertThat(outcome.get()).isInstanceOf(InterruptedException.class);
            await().until(() -> server.heard.contains(new WantlistEntry.Cancel(absent)));
        }
    }

    @Test
    void a_session_that_closes_fails_who_waits() throws Exception {
        Cid absent = newBlock(7, 100).cid();
        ClientHost client = client(NOBODY, server());
        Session session = client.client.open(SessionOptions.DEFAULT);
        Counter counter = new Counter(1);
        session.want(absent, counter);
        session.close();
        assertThat(counter.failed).hasValue(1);
        assertThat(client.client.wantlist()).isEmpty();
    }

    @Test
    void a_peer_that_dies_in_the_middle_is_replaced() throws Exception {
        List<Cid> cids = store(300, 256 << 10);
        FakeServer one = server();
        FakeServer two = server();
        ClientHost client = client(NOBODY, one, two);
        try (Session session = client.client.open(SessionOptions.DEFAULT)) {
            Counter counter = new Counter(cids.size());
            for (Cid cid : cids) session.want(cid, counter);
            await().until(() -> counter.left.getCount() < 290);
            one.close();
            counter.await();
        }
    }

    @Test
    void a_peer_that_comes_back_is_asked_for_the_rest() throws Exception {
        List<Cid> cids = store(300, 256 << 10);
        FakeServer server = server();
        ClientHost client = client(NOBODY, server);
        try (Session session = client.client.open(SessionOptions.DEFAULT)) {
            Counter counter = new Counter(cids.size());
            for (Cid cid : cids) session.want(cid, counter);
            await().until(() -> counter.left.getCount() < 290);
            client.host.swarm().connection(server.host.id()).orElseThrow().close();
            await().until(() -> client.client.stat().exchange().peers() == 0);
            client.host.connect(server.address());
            counter.await();
        }
    }

    @Test
    void a_peer_that_sends_too_much_unasked_is_disconnected() throws Exception {
        FakeServer server = server();
        server.unasked = List.of(newBlock(1, 60_000), newBlock(2, 60_000));
        ExchangeLimits strict = new ExchangeLimits(1, 9, 1 << 20, 100_000, Duration.ofSeconds(1));
        ClientHost client = client(NOBODY, ClientOptions.of(HASHES).limits(strict), server);
        try (Session session = client.client.open(SessionOptions.DEFAULT)) {
            session.want(newBlock(7, 100).cid(), new Counter(1));
            await().until(() -> client.host.swarm().connection(server.host.id()).isEmpty());
        }
        assertThat(client.client.ledger(server.host.id()).orElseThrow().unwantedBytes())
                .isEqualTo(120_000);
    }

    /// A source that has what the test has.
    private final class Mirror implements Source {
        final AtomicInteger wants = new AtomicInteger();
        volatile boolean lies;

        @Override
        public String name() {
            return "mirror";
        }

        @Override
        public void want(Cid cid, Kind kind, SourceAnswers to) {
            wants.incrementAndGet();
            Block block = blocks.get(cid);
            if (lies) to.block(cid, new byte[] {1});
            else if (block == null) to.dontHave(cid);
            else if (kind == Kind.HAVE) to.have(cid);
            else to.block(cid, block.bytes());
        }

        @Override
        public void cancel(Cid cid) {}

        @Override
        public void banned(IOException why) {}
    }

    @Test
    void a_further_source_gives_blocks() throws Exception {
        List<Cid> cids = store(100, 1000);
        ClientHost client = client(NOBODY);
        try (Session session = client.client.open(SessionOptions.DEFAULT)) {
            session.add(new Mirror());
            for (Cid cid : cids) assertThat(session.get(cid)).isEqualTo(blocks.get(cid));
        }
    }

    @Test
    void a_source_that_lies_is_asked_no_more_and_others_are() throws Exception {
        List<Cid> cids = store(100, 1000);
        ClientHost client = client(NOBODY, server());
        try (Session session = client.client.open(SessionOptions.DEFAULT)) {
            Mirror mirror = new Mirror();
            mirror.lies = true;
            session.add(mirror);
            for (Cid cid : cids) assertThat(session.get(cid)).isEqualTo(blocks.get(cid));
            assertThat(mirror.wants).hasValueLessThan(3);
        }
    }
}
