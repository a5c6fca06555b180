package cairn.libp2p.connections;

import static cairn.libp2p.limits.Direction.INBOUND;
import static cairn.libp2p.limits.Direction.OUTBOUND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import cairn.libp2p.limits.Direction;
import cairn.multiformats.Multicodec;
import cairn.multiformats.Multihash;
import cairn.multiformats.peer.PeerId;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ConnectionKeeperTest {
    private static final Duration GRACE = Duration.ofSeconds(20);

    /// So long that the thread looks at nothing but what it is told of.
    private static final Duration SILENCE = Duration.ofHours(1);

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Watermarks SMALL = new Watermarks(2, 4, GRACE, SILENCE);

    private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final Instant longAgo = now.minus(Duration.ofHours(1));
    private final List<Open> open = new CopyOnWriteArrayList<>();
    private ConnectionKeeper keeper;

    private record Open(
            List<Open> in, PeerId peer, Direction direction, Instant opened, int streams)
            implements Candidate {
        @Override
        public void close() {
            in.removeIf(other -> other.peer.equals(peer));
        }

        @Override
        public String toString() {
            return peer + " " + direction;
        }
    }

    @BeforeEach
    void start() {
        keeper = new ConnectionKeeper(SMALL, () -> open, () -> now);
    }

    @AfterEach
    void stop() {
        keeper.close();
    }

    private static PeerId peer(int number) {
        byte[] bytes = ByteBuffer.allocate(4).putInt(number).array();
        return PeerId.of(Multihash.of(Multicodec.IDENTITY, bytes));
    }

    private void add(int number, Direction direction, int streams, Instant opened) {
        open.add(new Open(open, peer(number), direction, opened, streams));
    }

    private void addAlike(int count) {
        for (int i = 0; i < count; i++) add(i, INBOUND, 1, longAgo);
    }

    private List<PeerId> left() {
        return open.stream().map(Open::peer).toList();
    }

    @Test
    void as_many_as_the_high_mark_are_left_alone() {
        addAlike(4);
        assertThat(keeper.trim()).isZero();
        assertThat(open).hasSize(4);
    }

    @Test
    void one_more_and_they_are_closed_down_to_the_low_mark() {
        addAlike(5);
        assertThat(keeper.trim()).isEqualTo(3);
        assertThat(open).hasSize(2);
    }

    @Test
    void the_default_closes_97_down_to_32() {
        addAlike(97);
        var policy = new TrimPolicy(Watermarks.DEFAULT, new PeerValues());
        assertThat(policy.choose(open, now)).hasSize(65);
    }

    @Test
    void the_peers_of_least_value_go_first() {
        addAlike(5);
        keeper.values().tag(peer(0), "dht", 5);
        keeper.values().tag(peer(1), "dht", 3);
        keeper.values().tag(peer(1), "bitswap", 3);
        keeper.values().tag(peer(2), "dht", 9);
        keeper.values().tag(peer(2), "bitswap", -8);
        keeper.trim();
        assertThat(left()).containsExactly(peer(0), peer(1));
        keeper.values().untag(peer(1), "bitswap");
        assertThat(keeper.values().value(peer(1))).isEqualTo(3);
    }

    @Test
    void of_equal_value_idle_go_then_inbound_then_those_of_few_streams_then_the_newest() {
        add(0, OUTBOUND, 0, longAgo);
        add(1, INBOUND, 9, longAgo);
        add(2, OUTBOUND, 1, longAgo.plusSeconds(1));
        add(3, OUTBOUND, 1, longAgo);
        add(4, OUTBOUND, 2, longAgo);
        add(5, INBOUND, 0, longAgo);
        add(6, INBOUND, 1, longAgo);
        Collections.shuffle(open, new Random(1));
        var all = new TrimPolicy(new Watermarks(0, 0, GRACE, SILENCE), keeper.values());
        assertThat(all.choose(open, now))
                .extracting(Candidate::peer)
                .containsExactly(peer(5), peer(0), peer(6), peer(1), peer(2), peer(3), peer(4));
    }

    @Test
    void protected_peers_stay_whatever_their_value_until_the_last_tag_is_gone() {
        addAlike(5);
        for (int i = 0; i < 4; i++) keeper.values().protect(peer(i), "peering");
        keeper.values().protect(peer(0), "relay");
        keeper.values().tag(peer(4), "dht", 100);
        assertThat(keeper.trim()).isEqualTo(1);
        assertThat(left()).containsExactly(peer(0), peer(1), peer(2), peer(3));

        assertThat(keeper.values().unprotect(peer(0), "peering")).isTrue();
        assertThat(keeper.values().isProtected(peer(0))).isTrue();
        assertThat(keeper.values().unprotect(peer(0), "relay")).isFalse();
        assertThat(keeper.values().isProtected(peer(0))).isFalse();
        assertThat(keeper.values().unprotect(peer(9), "relay")).isFalse();
    }

    @Test
    void a_new_connection_is_left_alone_for_its_grace() {
        for (int i = 0; i < 5; i++) add(i, INBOUND, 0, now);
        now = now.plus(GRACE).minusNanos(1);
        assertThat(keeper.trim()).isZero();
        now = now.plusNanos(1);
        assertThat(keeper.trim()).isEqualTo(3);
    }

    @Test
    void a_round_is_followed_by_silence() {
        addAlike(5);
        keeper.trim();
        addAlike(5);
        now = now.plus(SILENCE).minusNanos(1);
        assertThat(keeper.trim()).isZero();
        now = now.plusNanos(1);
        assertThat(keeper.trim()).isPositive();
    }

    @Test
    void it_looks_when_it_is_told_of_a_connection() {
        addAlike(5);
        keeper.opened();
        await().untilAsserted(() -> assertThat(open).hasSize(2));
    }

    @Test
    void it_looks_without_being_told_once_in_each_silence() {
        var often = new Watermarks(2, 4, GRACE, Duration.ofMillis(5));
        try (var other = new ConnectionKeeper(often, () -> open, () -> now)) {
            addAlike(5);
            await().untilAsserted(() -> assertThat(open).hasSize(2));
            assertThat(other.values().value(peer(1))).isZero();
        }
    }

    @Test
    void closing_ends_it_and_leaves_connections_open() {
        addAlike(5);
        keeper.close();
        keeper.opened();
        assertThat(open).hasSize(5);
    }

    @Test
    void a_connection_that_closes_slowly_holds_up_neither_the_others_nor_the_end()
            throws Exception {
        CountDownLatch closing = new CountDownLatch(1);
        CountDownLatch gone = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        List<Candidate> some =
                List.of(
                        new Slow(longAgo.plusSeconds(3), closing, never),
                        new Slow(longAgo.plusSeconds(2), gone, new CountDownLatch(0)),
                        new Slow(longAgo.plusSeconds(1), closing, never));
        var two = new Watermarks(0, 2, GRACE, SILENCE);
        try (var other = new ConnectionKeeper(two, () -> some, () -> now)) {
            other.opened();
            closing.await();
            assertThat(gone.await(1, TimeUnit.SECONDS)).isTrue();
            assertThat(other.values().value(peer(1))).isZero();
        }
        never.countDown();
    }

    /// A connection whose peer takes its time.
    private record Slow(Instant opened, CountDownLatch closing, CountDownLatch closed)
            implements Candidate {
        @Override
        public PeerId peer() {
            return ConnectionKeeperTest.peer(1);
        }

        @Override
        public Direction direction() {
            return INBOUND;
        }

        @Override
        public int streams() {
            return 0;
        }

        @Override
        public void close() {
            closing.countDown();
            await().atMost(PATIENCE).until(() -> closed.getCount() == 0);
        }
    }

    @Test
    void marks_in_the_wrong_order_are_refused() {
        assertThatThrownBy(() -> new Watermarks(5, 4, GRACE, SILENCE))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
