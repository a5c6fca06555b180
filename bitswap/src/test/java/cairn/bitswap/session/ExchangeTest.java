package cairn.bitswap.session;

import static cairn.bitswap.session.Simulation.cid;
import static org.assertj.core.api.Assertions.assertThat;

import cairn.bitswap.message.WantlistEntry.Kind;
import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import cairn.multiformats.Multicodec;
import cairn.multiformats.Multihash;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What an exchange asks of whom, and what it tells those who wait.
final class ExchangeTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration RTT = Duration.ofMillis(10);

    private final Simulation net = new Simulation();

    private SimulatedPeer peer(int number) {
        return new SimulatedPeer(net, number, 100, RTT);
    }

    private SimulatedPeer absent(int number) {
        SimulatedPeer peer = peer(number);
        peer.has = cid -> false;
        return peer.connect();
    }

    @Test
    void one_peer_is_asked_for_the_block_and_the_others_whether_they_have_it() {
        List<Kind> asked = new ArrayList<>();
        for (int i = 1; i <= 3; i++)
            net.exchange.connected(Simulation.peerId(i), new Recorder(asked), net.now());
        net.want(cid(1));
        assertThat(asked).containsExactly(Kind.BLOCK, Kind.HAVE, Kind.HAVE);
    }

    /// Notes what it is asked for.
    private record Recorder(List<Kind> asked) implements Voice {
        @Override
        public void want(Cid cid, Kind kind, boolean again) {
            asked.add(kind);
        }

        @Override
        public void cancel(Cid cid) {}

        @Override
        public void end() {}
    }

    @Test
    void two_sessions_share_a_want_and_both_are_told() {
        SimulatedPeer peer = peer(1).connect();
        SessionWants other = net.exchange.open(SessionOptions.DEFAULT);
        net.want(cid(1));
        net.exchange.want(other, cid(1), net.taker, net.now());
        net.run(SECOND);
        assertThat(net.arrived).isEqualTo(2);
        assertThat(peer.asked).isEqualTo(1);
        assertThat(other.stat().blocks()).isEqualTo(1);
    }

    @Test
    void a_block_that_two_takers_of_a_session_wait_for_counts_once() {
        peer(1).connect();
        net.want(cid(1));
        net.want(cid(1));
        net.run(SECOND);
        assertThat(net.arrived).isEqualTo(2);
        assertThat(net.session.stat().blocks()).isEqualTo(1);
    }

    @Test
    void a_want_outlives_the_session_that_began_it() {
        SessionWants other = net.exchange.open(SessionOptions.DEFAULT);
        net.want(cid(1));
        net.exchange.want(other, cid(1), net.taker, net.now());
        net.exchange.close(net.session, net.now());
        net.settle();
        assertThat(net.failures).hasSize(1);
        peer(1).connect();
        net.run(SECOND);
        assertThat(net.arrived).isEqualTo(1);
    }

    @Test
    void who_was_asked_is_told_of_a_cancel_and_nobody_else() {
        SimulatedPeer asked = absent(1);
        net.want(cid(1));
        net.run(SECOND);
        net.exchange.cancel(net.session, cid(1), net.taker, net.now());
        SimulatedPeer later = absent(2);
        net.run(SECOND);
        assertThat(asked.cancels).isEqualTo(1);
        assertThat(later.cancels).isZero();
        assertThat(net.exchange.wantlist()).isEmpty();
        assertThat(net.session.stat().waiting()).isZero();
    }

    @Test
    void a_block_that_came_is_cancelled_where_it_was_asked_too_and_not_where_it_came_from() {
        SimulatedPeer first = peer(1).connect();
        SimulatedPeer second = absent(2);
        net.want(cid(1));
        net.run(SECOND);
        assertThat(first.cancels).isZero();
        assertThat(second.cancels).isEqualTo(1);
    }

    @Test
    void what_can_t_be_found_fails_with_what_was_asked_and_answered() {
        absent(1);
        absent(2);
        peer(3).connect().silent = true;
        net.want(cid(1));
        net.run(Duration.ofSeconds(59));
        assertThat(net.failures).isEmpty();
        net.run(Duration.ofSeconds(2));
        assertThat(net.failures).hasSize(1);
        assertThat(net.failures.getFirst())
                .isInstanceOfSatisfying(
                        BlockNotFoundException.class,
                        e -> {
                            assertThat(e.cid()).isEqualTo(cid(1));
                            assertThat(e.search().asked()).isEqualTo(3);
                            assertThat(e.search().dontHave()).isEqualTo(2);
                            assertThat(e.search().silent()).isEqualTo(1);
                        });
        assertThat(net.exchange.isBusy()).isFalse();
    }

    @Test
    void when_those_asked_first_have_nothing_the_next_are_asked() {
        for (int i = 1; i <= 500; i++) absent(i);
        peer(501).connect();
        net.want(cid(1));
        net.run(SECOND);
        assertThat(net.arrived).isEqualTo(1);
    }

    @Test
    void when_those_asked_first_say_nothing_the_next_are_asked_after_a_while() {
        List<SimulatedPeer> silent = new ArrayList<>();
        for (int i = 1; i <= 100; i++) silent.add(peer(i).connect());
        for (SimulatedPeer peer : silent) peer.silent = true;
        peer(101).connect();
        net.want(cid(1));
        net.run(SECOND);
        assertThat(silent.stream().filter(peer -> peer.asked > 0)).hasSize(Search.MOST_ASKED);
        net.run(Duration.ofSeconds(4));
        assertThat(net.arrived).isEqualTo(1);
    }

    @Test
    void who_had_nothing_is_asked_after_who_was_never_asked() {
        for (int i = 1; i <= 100; i++) absent(i);
        net.want(cid(1));
        net.run(SECOND);
        net.exchange.cancel(net.session, cid(1), net.taker, net.now());
        peer(101).connect();
        net.run(SECOND);
        net.want(cid(2));
        net.run(RTT.plusMillis(25));
        assertThat(net.arrived).isEqualTo(1);
    }

    private SessionWants patient(int seconds) {
        return net.exchange.open(SessionOptions.DEFAULT.searchTime(Duration.ofSeconds(seconds)));
    }

    @Test
    void each_session_waits_as_long_as_it_allows_from_when_it_asked() {
        absent(1);
        SessionWants early = patient(30);
        SessionWants hasty = patient(5);
        SessionWants late = patient(10);
        net.exchange.want(early, cid(1), net.taker, net.now());
        net.exchange.want(hasty, cid(1), net.taker, net.now());
        net.run(Duration.ofSeconds(6));
        assertThat(net.failures).hasSize(1);
        assertThat(hasty.stat().waiting()).isZero();
        net.run(Duration.ofSeconds(14));
        net.exchange.want(late, cid(1), net.taker, net.now());
        net.run(Duration.ofSeconds(9));
        assertThat(net.failures).hasSize(1);
        net.run(Duration.ofMillis(1500));
        assertThat(net.failures).hasSize(3);
        assertThat(net.exchange.wantlist()).isEmpty();
    }

    @Test
    void one_that_comes_late_has_its_time_when_the_first_gives_up() {
        SimulatedPeer peer = absent(1);
        SessionWants early = patient(10);
        SessionWants late = patient(10);
        net.exchange.want(early, cid(1), net.taker, net.now());
        net.run(Duration.ofSeconds(8));
        net.exchange.want(late, cid(1), net.taker, net.now());
        net.run(Duration.ofSeconds(4));
        assertThat(net.failures).hasSize(1);
        assertThat(late.stat().waiting()).isEqualTo(1);
        assertThat(peer.cancels).isZero();
        peer(2).connect();
        net.run(SECOND);
        assertThat(net.arrived).isEqualTo(1);
    }

    @Test
    void providers_are_looked_for_at_once_where_nobody_is_connected() {
        net.want(cid(1));
        assertThat(net.searches).containsExactly(net.session);
    }

    @Test
    void providers_are_looked_for_after_connected_peers_were_asked_for_a_while() {
        peer(1).connect().silent = true;
        net.want(cid(1));
        net.run(Duration.ofMillis(480));
        assertThat(net.searches).isEmpty();
        net.run(Duration.ofMillis(60));
        assertThat(net.searches).hasSize(1);
    }

    @Test
    void providers_are_looked_for_at_once_when_all_have_said_that_they_don_t_have_it() {
        absent(1);
        absent(2);
        net.want(cid(1));
        net.run(Duration.ofMillis(15));
        assertThat(net.searches).containsExactly(net.session);
    }

    @Test
    void a_search_for_providers_is_not_begun_again_while_it_goes_on_or_has_just_ended() {
        net.want(cid(1));
        net.run(Duration.ofSeconds(20));
        assertThat(net.searches).hasSize(1);
        net.exchange.foundAll(net.session, net.now());
        net.run(Duration.ofSeconds(14));
        assertThat(net.searches).hasSize(1);
        net.run(Duration.ofSeconds(2));
        assertThat(net.searches).hasSize(2);
    }

    @Test
    void a_peer_that_connects_is_asked_for_what_is_looked_for() {
        net.want(cid(1));
        net.run(SECOND);
        peer(1).connect();
        net.run(SECOND);
        assertThat(net.arrived).isEqualTo(1);
    }

    @Test
    void one_that_could_not_be_told_over_an_old_connection_is_told_over_the_new_one() {
        SimulatedPeer before = peer(1).connect();
        net.exchange.gone(before.id, net.now());
        SimulatedPeer after = peer(1).connect();
        assertThat(net.exchange.unheard(before.id, before, net.now())).isFalse();
        net.want(cid(1));
        net.run(SECOND);
        assertThat(net.arrived).isEqualTo(1);
        assertThat(net.exchange.unheard(after.id, after, net.now())).isTrue();
        assertThat(net.exchange.peer(after.id)).isEmpty();
    }

    @Test
    void a_peer_that_connects_in_the_middle_joins_in() {
        peer(1).connect();
        net.walk(0, 1000, 500);
        net.run(SECOND);
        SimulatedPeer second = peer(2).connect();
        net.run(Duration.ofMinutes(1), () -> net.arrived == 1000);
        assertThat(second.blocksSent).isGreaterThan(300);
    }

    @Test
    void a_peer_whose_wants_have_no_limit_is_asked_for_1024_at_most() {
        SimulatedPeer slow = new SimulatedPeer(net, 1, 0.1, RTT).connect();
        slow.blockSize = 10;
        for (int i = 0; i < 5000; i++) net.want(cid(i));
        net.run(Duration.ofSeconds(2));
        assertThat(slow.asked - slow.blocksSent).isLessThanOrEqualTo(1024 + 2);
    }

    @Test
    void a_want_beyond_the_session_s_most_fails_at_once() {
        SessionWants small = net.exchange.open(new SessionOptions(SECOND, 2));
        for (int i = 0; i < 3; i++) net.exchange.want(small, cid(i), net.taker, net.now());
        net.settle();
        assertThat(net.failures).hasSize(1);
        assertThat(net.failures.getFirst()).hasMessageContaining("wants 2 blocks already");
    }

    @Test
    void an_identity_cid_is_its_own_block() {
        Cid identity = Cid.v1(Multicodec.RAW, Multihash.of(Multicodec.IDENTITY, new byte[] {1, 2}));
        net.want(identity);
        assertThat(net.arrivedBytes).isEqualTo(2);
        assertThat(net.exchange.isBusy()).isFalse();
    }

    @Test
    void late_and_cancelled_blocks_are_duplicates_and_others_are_unwanted() {
        peer(1).connect();
        Partner partner = net.exchange.peer(Simulation.peerId(1)).orElseThrow();
        net.want(cid(1));
        net.exchange.cancel(net.session, cid(1), net.taker, net.now());
        net.exchange.block(partner, net.block(cid(1), 100), net.now());
        net.exchange.block(partner, net.block(cid(2), 1000), net.now());
        assertThat(partner.ledger()).isEqualTo(new PartnerLedger(0, 0, 1, 100, 1000));
    }

    @Test
    void a_peer_is_left_once_when_it_sends_more_than_its_budget_unasked() {
        peer(1).connect();
        Partner partner = net.exchange.peer(Simulation.peerId(1)).orElseThrow();
        Block block = net.block(cid(2), 1 << 20);
        for (int i = 0; i < 16; i++) net.exchange.block(partner, block, net.now());
        net.settle();
        assertThat(net.left).isEmpty();
        for (int i = 0; i < 3; i++) net.exchange.block(partner, block, net.now());
        net.settle();
        assertThat(net.left).containsExactly(Simulation.peerId(1));
    }

    @Test
    void late_blocks_that_were_asked_for_cost_a_peer_nothing_and_what_it_repeats_does() {
        peer(1).connect().silent = true;
        Partner partner = net.exchange.peer(Simulation.peerId(1)).orElseThrow();
        for (int i = 0; i < 100; i++) {
            net.want(cid(i));
            net.exchange.cancel(net.session, cid(i), net.taker, net.now());
            net.exchange.block(partner, net.block(cid(i), 1 << 20), net.now());
        }
        net.settle();
        assertThat(net.left).isEmpty();
        assertThat(partner.score()).isZero();
        for (int i = 0; i < 17; i++) {
            assertThat(net.left).isEmpty();
            net.exchange.block(partner, net.block(cid(1), 1 << 20), net.now());
            net.settle();
        }
        assertThat(net.left).containsExactly(Simulation.peerId(1));
        assertThat(partner.ledger().duplicates()).isEqualTo(117);
    }

    @Test
    void who_sends_what_it_was_not_asked_for_is_asked_after_others() {
        peer(1).connect().silent = true;
        Partner partner = net.exchange.peer(Simulation.peerId(1)).orElseThrow();
        net.exchange.block(partner, net.block(cid(1), 2 << 20), net.now());
        assertThat(partner.score()).isZero();
        for (int i = 0; i < 2; i++)
            net.exchange.block(partner, net.block(cid(1), 2 << 20), net.now());
        assertThat(partner.score()).isNegative();
    }

    @Test
    void a_banned_source_is_asked_no_more_and_its_wants_go_to_others() {
        SimulatedPeer other = absent(1);
        SimulatedPeer voice = peer(2);
        Partner source = net.exchange.add(net.session, "mirror", voice, net.now());
        for (int i = 0; i < 10; i++) net.want(cid(i));
        assertThat(voice.asked).isEqualTo(10);
        other.has = cid -> true;
        net.exchange.ban(source, net.now());
        net.run(SECOND);
        assertThat(net.arrived).isEqualTo(10);
        assertThat(voice.asked).isEqualTo(10);
    }

    @Test
    void a_source_that_is_banned_while_nothing_is_wanted_stays_so() {
        peer(1).connect();
        SimulatedPeer voice = peer(2);
        voice.silent = true;
        Partner source = net.exchange.add(net.session, "mirror", voice, net.now());
        net.want(cid(1));
        net.run(SECOND);
        assertThat(net.exchange.wantlist()).isEmpty();
        net.exchange.ban(source, net.now());
        int asked = voice.asked;
        for (int i = 2; i < 2_000; i++) net.want(cid(i));
        net.run(Duration.ofSeconds(60));
        assertThat(net.arrived).isEqualTo(1_999);
        assertThat(voice.asked).isEqualTo(asked);
    }

    @Test
    void nothing_is_left_of_a_storm_of_wants_and_cancels() {
        SimulatedPeer peer = absent(1);
        for (int round = 0; round < 100; round++) {
            for (int i = 0; i < 100; i++) net.want(cid(100 * round + i));
            for (int i = 0; i < 100; i++)
                net.exchange.cancel(net.session, cid(100 * round + i), net.taker, net.now());
            net.run(Duration.ofMillis(30));
        }
        net.run(SECOND);
        ExchangeStat stat = net.exchange.stat();
        assertThat(stat.wants()).isZero();
        assertThat(stat.outstandingBytes()).isZero();
        assertThat(net.session.stat().waiting()).isZero();
        assertThat(net.session.queue()).isEmpty();
        assertThat(net.session.searching()).isEmpty();
        assertThat(peer.cancels).isEqualTo(peer.asked);
    }

    @Test
    void a_dag_s_slow_tail_is_asked_of_a_second_peer() {
        peer(1).connect();
        SimulatedPeer slow = new SimulatedPeer(net, 2, 1, RTT).connect();
        net.walk(0, 100, 100);
        assertThat(net.run(Duration.ofSeconds(4), () -> net.arrived == 100)).isTrue();
        assertThat(slow.asked).isGreaterThan(0);
    }

    @Test
    void who_never_says_no_is_given_up_for_one_who_has_it() {
        SimulatedPeer mute = peer(1);
        mute.has = cid -> cid.equals(cid(0));
        mute.withoutDontHave = true;
        mute.connect();
        peer(2).connect();
        net.walk(0, 50, 10);
        assertThat(net.run(Duration.ofSeconds(10), () -> net.arrived == 50)).isTrue();
    }

    private SimulatedPeer old(int number) {
        SimulatedPeer old = peer(number);
        old.old = true;
        return old.connect();
    }

    @Test
    void who_can_say_nothing_is_asked_for_the_block_beside_the_others() {
        for (int i = 1; i <= 3; i++) absent(i);
        old(4);
        net.want(cid(1));
        net.run(Duration.ofMillis(100));
        assertThat(net.arrived).isEqualTo(1);
        net.walk(2, 100, 50);
        net.run(Duration.ofSeconds(5));
        assertThat(net.arrived).isEqualTo(101);
    }

    @Test
    void few_at_once_are_asked_who_can_say_nothing_and_the_next_after_a_while() {
        List<SimulatedPeer> all = new ArrayList<>();
        for (int i = 1; i <= 10; i++) all.add(old(i));
        for (SimulatedPeer each : all) each.has = cid -> false;
        all.getLast().has = cid -> true;
        net.want(cid(1));
        net.run(SECOND);
        assertThat(all.stream().filter(each -> each.asked > 0)).hasSize(Search.MOST_BESIDE);
        net.run(Duration.ofSeconds(7));
        assertThat(net.arrived).isEqualTo(1);
    }

    @Test
    void takers_of_a_closed_session_fail_with_the_reason() {
        net.exchange.close(net.session, net.now());
        net.want(cid(1));
        assertThat(net.failures).hasSize(1);
        assertThat(net.failures.getFirst())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("the session is closed");
    }
}
