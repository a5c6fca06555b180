package cairn.bitswap.server;

import static org.assertj.core.api.Assertions.assertThat;

import cairn.bitswap.server.Turns.Need;
import cairn.bitswap.server.Turns.Place;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class TurnsTest {
    private static final int MESSAGE = 256 << 10;
    private static final long MEMORY = 32 << 20;
    private static final long SECOND = 1_000_000_000;
    private static final long AWAY = Turns.AWAY_TIME;

    private final AtomicLong now = new AtomicLong();
    private final Turns<Peer> turns = new Turns<>(MEMORY, now::get);

    /// A peer that always wants more, in blocks of one size.
    private final class Peer {
        private final int block;
        private final Place<Peer> place = turns.place(this);
        private long given;
        private long underWay;

        Peer(int block) {
            this.block = block;
        }

        /// What it is given in a turn: a message, or one larger block.
        int take() {
            int bytes = Math.max(block, MESSAGE / block * block);
            given += bytes;
            turns.end(place, bytes);
            turns.use(place, bytes);
            return bytes;
        }
    }

    private final Peer other = new Peer(MESSAGE);

    /// Another one uses memory, and takes it slowly.
    private void others(long bytes) {
        turns.use(other.place, bytes);
        now.addAndGet(Turns.BRISK_TIME + 1);
    }

    private List<Peer> hungry(int count) {
        int[] blocks = {4 << 10, 100_000, 256 << 10, 300_000, 1 << 20, 2 << 20};
        List<Peer> peers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            peers.add(new Peer(blocks[i % blocks.length]));
            turns.offer(peers.get(i).place, Need.BULK);
        }
        return peers;
    }

    /// Each has one message under way; they land after some others, in the order they were sent.
    @ParameterizedTest
    @ValueSource(ints = {1, 8, 40})
    void two_hundred_peers_with_blocks_of_all_sizes_get_equal_shares(int underWay)
            throws InterruptedException {
        List<Peer> peers = hungry(200);
        Deque<Peer> sending = new ArrayDeque<>();
        Deque<Integer> bytes = new ArrayDeque<>();
        for (int turn = 0; turn < 100_000; turn++) {
            Peer peer = turns.next().orElseThrow();
            bytes.add(peer.take());
            sending.add(peer);
            while (sending.size() >= underWay || !turns.hasMemoryFor(Need.BULK, peer.place)) {
                Peer sent = sending.remove();
                turns.free(sent.place, bytes.remove());
                turns.offer(sent.place, Need.BULK);
            }
        }
        double mean = peers.stream().mapToLong(peer -> peer.given).average().orElseThrow();
        for (Peer peer : peers) assertThat((double) peer.given).isBetween(0.9 * mean, 1.1 * mean);
    }

    @Test
    void one_who_comes_late_begins_level_with_the_rest() throws InterruptedException {
        Peer early = new Peer(MESSAGE);
        for (int i = 0; i < 1000; i++) {
            turns.offer(early.place, Need.BULK);
            turns.free(early.place, turns.next().orElseThrow().take());
        }
        Peer late = new Peer(MESSAGE);
        long before = early.given;
        turns.offer(early.place, Need.BULK);
        turns.offer(late.place, Need.BULK);
        for (int i = 0; i < 100; i++) {
            Peer next = turns.next().orElseThrow();
            turns.free(next.place, next.take());
            turns.offer(next.place, Need.BULK);
        }
        assertThat(early.given - before).isGreaterThan(45L * MESSAGE);
    }

    @Test
    void one_who_was_away_catches_up_by_a_little_only() throws InterruptedException {
        Peer away = new Peer(MESSAGE);
        Peer there = new Peer(MESSAGE);
        for (int i = 0; i < 1000; i++) {
            turns.offer(there.place, Need.BULK);
            turns.free(there.place, turns.next().orElseThrow().take());
        }
        turns.offer(away.place, Need.BULK);
        turns.offer(there.place, Need.BULK);
        int alone = 0;
        for (Peer next = turns.next().orElseThrow(); next == away; alone++) {
            turns.free(away.place, away.take());
            turns.offer(away.place, Need.BULK);
            next = turns.next().orElseThrow();
        }
        assertThat(alone).isBetween(10, 20);
    }

    /// Of two, one is given all that it asks for, which is a tenth of what the other one is.
    private int caughtUp(long pause) throws InterruptedException {
        Peer behind = new Peer(MESSAGE);
        Peer there = new Peer(MESSAGE);
        for (int i = 0; i < 100; i++) {
            for (int k = 0; k < 10; k++) taken(there);
            now.addAndGet(AWAY / 10);
            taken(behind);
        }
        now.addAndGet(pause);
        turns.offer(behind.place, Need.BULK);
        turns.offer(there.place, Need.BULK);
        int alone = 0;
        for (Peer next = turns.next().orElseThrow(); next == behind; alone++) {
            turns.free(behind.place, behind.take());
            turns.offer(behind.place, Need.BULK);
            next = turns.next().orElseThrow();
        }
        return alone;
    }

    private void taken(Peer peer) throws InterruptedException {
        turns.offer(peer.place, Need.BULK);
        assertThat(turns.next()).contains(peer);
        turns.free(peer.place, peer.take());
    }

    @Test
    void one_that_stayed_behind_and_went_on_asking_catches_up() throws InterruptedException {
        assertThat(caughtUp(AWAY / 10)).isBetween(110, 140);
    }

    @Test
    void what_one_missed_is_lost_when_it_asks_for_nothing_for_a_while()
            throws InterruptedException {
        assertThat(caughtUp(2 * AWAY)).isBetween(10, 20);
    }

    @Test
    void where_memory_is_used_only_what_needs_less_has_its_turn() throws InterruptedException {
        Peer bulk = new Peer(MESSAGE);
        Peer small = new Peer(4 << 10);
        Peer asking = new Peer(1 << 10);
        others(MEMORY);
        turns.offer(bulk.place, Need.BULK);
        turns.offer(small.place, Need.SMALL);
        turns.offer(asking.place, Need.LOOKUP);
        assertThat(turns.next()).contains(small);
        turns.end(small.place, 0);
        assertThat(turns.next()).contains(asking);
        others(MEMORY / 8);
        turns.offer(small.place, Need.SMALL);
        now.addAndGet(SECOND);
        assertThat(turns.next()).isEmpty();
        turns.free(other.place, MEMORY / 8 + 1);
        assertThat(turns.next()).contains(bulk);
        assertThat(turns.next()).contains(small);
    }

    @Test
    void a_shortage_is_told_once_a_second_even_while_others_are_served() throws Exception {
        Peer bulk = new Peer(MESSAGE);
        Peer asking = new Peer(MESSAGE);
        others(MEMORY);
        turns.offer(bulk.place, Need.BULK);
        for (int i = 0; i < 3; i++) {
            turns.offer(asking.place, Need.LOOKUP);
            now.addAndGet(SECOND);
            assertThat(turns.next()).isEmpty();
            assertThat(turns.next()).contains(asking);
            turns.end(asking.place, 0);
        }
    }

    @Test
    void another_need_takes_the_place_of_the_first() throws InterruptedException {
        Peer peer = new Peer(MESSAGE);
        others(MEMORY);
        turns.offer(peer.place, Need.BULK);
        turns.offer(peer.place, Need.LOOKUP);
        assertThat(turns.next()).contains(peer);
        turns.end(peer.place, 0);
        turns.free(other.place, MEMORY);
        turns.offer(peer.place, Need.BULK);
        turns.withdraw(peer.place);
        Peer other = new Peer(MESSAGE);
        turns.offer(other.place, Need.BULK);
        assertThat(turns.next()).contains(other);
    }

    @Test
    void who_has_its_turn_waits_for_no_other_before_its_end() throws InterruptedException {
        Peer peer = new Peer(MESSAGE);
        turns.offer(peer.place, Need.BULK);
        assertThat(turns.next()).contains(peer);
        turns.offer(peer.place, Need.LOOKUP);
        Peer other = new Peer(MESSAGE);
        turns.offer(other.place, Need.BULK);
        assertThat(turns.next()).contains(other);
        turns.end(peer.place, 0);
        turns.offer(peer.place, Need.LOOKUP);
        assertThat(turns.next()).contains(peer);
    }

    @Test
    void what_needs_a_little_is_ahead_of_the_rest_by_a_little_only() throws InterruptedException {
        Peer bulk = new Peer(MESSAGE);
        Peer small = new Peer(4 << 10);
        others(MEMORY);
        turns.offer(bulk.place, Need.BULK);
        turns.offer(small.place, Need.SMALL);
        assertThat(turns.next()).contains(small);
        turns.end(small.place, MESSAGE);
        turns.offer(small.place, Need.SMALL);
        assertThat(turns.hasMemoryFor(Need.SMALL, small.place)).isFalse();
        turns.free(other.place, 1);
        assertThat(turns.next()).contains(bulk);
    }

    @Test
    void memory_that_comes_back_wakes_who_waits() throws Exception {
        Peer peer = new Peer(MESSAGE);
        others(MEMORY);
        turns.offer(peer.place, Need.BULK);
        FutureTask<Optional<Peer>> next = new FutureTask<>(turns::next);
        Thread.startVirtualThread(next);
        turns.free(other.place, 1);
        assertThat(next.get(10, TimeUnit.SECONDS)).contains(peer);
    }

    /// What is under way lands in a random order, in which the threads of every fourth peer run ten
    /// times as often as the others': the turns hold them to what the others have.
    @Test
    void twenty_peers_of_equal_speed_get_equal_shares_whose_threads_ever_run() throws Exception {
        int[] sizes = {100_000, 256 << 10, 1 << 20};
        List<Peer> peers = new ArrayList<>();
        for (int i = 0; i < 20; i++) peers.add(new Peer(sizes[i % sizes.length]));
        List<Peer> waiting = new ArrayList<>(peers);
        for (Peer peer : peers) turns.offer(peer.place, Need.BULK);
        List<Landing> sending = new ArrayList<>();
        Random random = new Random(1);
        for (int step = 0; step < 50_000; step++) {
            now.addAndGet(SECOND / 10_000);
            if (waiting.stream().anyMatch(p -> turns.hasMemoryFor(Need.BULK, p.place))) {
                Peer peer = turns.next().orElseThrow();
                waiting.remove(peer);
                int bytes = peer.take();
                int chances = peers.indexOf(peer) % 4 == 0 ? 10 : 1;
                for (int i = 0; i < chances; i++) sending.add(new Landing(peer, bytes, step));
                peer.underWay += bytes;
            } else {
                Landing landing = sending.get(random.nextInt(sending.size()));
                sending.removeIf(landing::equals);
                landing.peer.underWay -= landing.bytes;
                turns.free(landing.peer.place, landing.bytes);
            }
            for (Peer peer : peers) {
                if (waiting.contains(peer) || peer.underWay + peer.block > 2 << 20) continue;
                waiting.add(peer);
                turns.offer(peer.place, Need.BULK);
            }
        }
        double mean = peers.stream().mapToLong(peer -> peer.given).average().orElseThrow();
        for (Peer peer : peers) assertThat((double) peer.given).isBetween(0.8 * mean, 1.2 * mean);
    }

    private record Landing(Peer peer, int bytes, int number) {}

    @Test
    void one_that_takes_slowly_keeps_nobody_from_what_it_has_not() throws Exception {
        Peer slow = new Peer(MESSAGE);
        turns.use(slow.place, Turns.MOST_BRISK);
        Peer brisk = new Peer(MESSAGE);
        assertThat(turns.hasMemoryFor(Need.BULK, brisk.place)).isFalse();
        now.addAndGet(Turns.BRISK_TIME + 1);
        assertThat(turns.hasMemoryFor(Need.BULK, brisk.place)).isTrue();
        turns.use(brisk.place, Turns.MOST_BRISK);
        assertThat(turns.hasMemoryFor(Need.BULK, slow.place)).isTrue();
        turns.free(slow.place, Turns.MOST_BRISK);
        turns.use(slow.place, MESSAGE);
        turns.free(slow.place, MESSAGE);
        assertThat(turns.hasMemoryFor(Need.BULK, slow.place)).isFalse();
    }
}
