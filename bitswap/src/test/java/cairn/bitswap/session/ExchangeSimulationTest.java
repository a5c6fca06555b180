package cairn.bitswap.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// How much of their links sessions use, with simulated peers.
final class ExchangeSimulationTest {
    private static final Duration RTT = Duration.ofMillis(50);
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final double LINK_BYTES_A_SECOND = 100e6 / 8;

    private final Simulation net = new Simulation();

    private SimulatedPeer peer(int number, double megabits) {
        return new SimulatedPeer(net, number, megabits, RTT).connect();
    }

    private List<SimulatedPeer> peers(int count, double megabits) {
        List<SimulatedPeer> peers = new ArrayList<>();
        for (int i = 1; i <= count; i++) peers.add(peer(i, megabits));
        return peers;
    }

    private void fetch(int count, int ahead) {
        net.walk(0, count, ahead);
        assertThat(net.run(LONG, () -> net.arrived + net.failures.size() >= count)).isTrue();
        assertThat(net.failures).isEmpty();
    }

    private double duplicates() {
        return (double) net.session.stat().duplicates() / net.arrived;
    }

    private double used(double links) {
        return net.arrivedBytes / net.seconds() / (LINK_BYTES_A_SECOND * links);
    }

    @ParameterizedTest
    @CsvSource({"262144, 400", "1048576, 100", "16384, 6000", "2097152, 60"})
    void one_peer_s_link_is_used_by_more_than_90_percent(int size, int count) {
        peer(1, 100).blockSize = size;
        fetch(count, 1000);
        assertThat(used(1)).isGreaterThan(0.9);
        assertThat(duplicates()).isZero();
    }

    @Test
    void tiny_blocks_come_as_fast_as_a_peer_s_wantlist_allows() {
        peer(1, 100).blockSize = 100;
        fetch(50_000, 5000);
        assertThat(net.seconds()).isLessThan(50_000 / 1024.0 * 0.05 * 1.2 + 0.5);
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 1000})
    void ten_providers_give_the_sum_of_their_links_and_hardly_anything_twice(int ahead) {
        peers(10, 100);
        fetch(2000, ahead);
        assertThat(duplicates()).isLessThan(0.03);
        if (ahead == 1000) assertThat(used(10)).isGreaterThan(0.85);
    }

    /// What a file of 100 MiB is: a root, and behind it blocks of 1 MiB.
    @Test
    void large_blocks_of_ten_slow_providers_come_at_the_sum_of_their_links() {
        for (int i = 1; i <= 10; i++) {
            SimulatedPeer peer = new SimulatedPeer(net, i, 40, Duration.ofMillis(1)).connect();
            peer.blockSize = 1 << 20;
            peer.firstSize = OptionalInt.of(5_000);
        }
        net.walk(0, 1, 1);
        net.run(LONG, () -> net.arrived == 1);
        net.walk(1, 100, 64);
        assertThat(net.run(LONG, () -> net.arrived == 101)).isTrue();
        assertThat(duplicates()).isLessThan(0.03);
        assertThat(net.seconds()).isLessThan(1.25 * 100 * (1 << 20) / (10 * 40e6 / 8));
    }

    @Test
    void tiny_blocks_of_ten_providers_come_once() {
        for (SimulatedPeer peer : peers(10, 100)) peer.blockSize = 200;
        fetch(20_000, 1000);
        assertThat(duplicates()).isLessThan(0.03);
    }

    @Test
    void a_slow_peer_among_fast_ones_holds_up_nothing() {
        peers(3, 100);
        peer(4, 1);
        fetch(600, 1000);
        assertThat(used(3)).isGreaterThan(0.85);
        assertThat(duplicates()).isLessThan(0.03);
    }

    @Test
    void a_peer_that_falls_silent_is_replaced_within_a_second() {
        List<SimulatedPeer> peers = peers(2, 100);
        net.walk(0, 400, 1000);
        net.run(LONG, () -> net.arrived > 150);
        peers.get(0).silent = true;
        assertThat(net.run(LONG, () -> net.arrived == 400)).isTrue();
        double alone = 250 * (256 << 10) / LINK_BYTES_A_SECOND;
        assertThat(net.seconds())
                .isLessThan(150 * (256 << 10) / (2 * LINK_BYTES_A_SECOND) + alone + 1.5);
        assertThat(duplicates()).isLessThan(0.03);
    }

    @Test
    void what_a_peer_had_been_asked_is_asked_of_others_when_it_disconnects() {
        List<SimulatedPeer> peers = peers(2, 100);
        net.walk(0, 200, 1000);
        net.run(LONG, () -> net.arrived > 50);
        peers.get(0).disconnect();
        assertThat(net.run(LONG, () -> net.arrived == 200)).isTrue();
        assertThat(net.seconds()).isLessThan(200 * (256 << 10) / LINK_BYTES_A_SECOND + 0.5);
    }

    @Test
    void a_peer_that_reconnects_is_asked_for_what_is_left() {
        SimulatedPeer peer = peer(1, 100);
        net.walk(0, 100, 1000);
        net.run(LONG, () -> net.arrived > 50);
        peer.disconnect();
        net.run(Duration.ofSeconds(3));
        peer.silent = false;
        peer.connect();
        assertThat(net.run(LONG, () -> net.arrived == 100)).isTrue();
        assertThat(net.seconds()).isLessThan(100 * (256 << 10) / LINK_BYTES_A_SECOND + 3.5);
    }

    @Test
    void lost_answers_are_asked_for_again() {
        List<SimulatedPeer> peers = peers(3, 100);
        for (SimulatedPeer peer : peers) peer.loss = 0.02;
        fetch(600, 1000);
        assertThat(used(3)).isGreaterThan(0.6);
    }

    @Test
    void peers_that_have_parts_are_each_asked_for_theirs() {
        List<SimulatedPeer> peers = peers(3, 100);
        for (int i = 0; i < 3; i++) {
            int part = i;
            peers.get(i).has = cid -> cid.hash().digest()[31] % 3 != part;
        }
        fetch(600, 1000);
        assertThat(duplicates()).isLessThan(0.03);
        assertThat(used(3)).isGreaterThan(0.7);
    }

    @Test
    void a_peer_that_has_nothing_costs_nothing() {
        peer(1, 100).has = cid -> false;
        peer(2, 100);
        fetch(200, 1000);
        assertThat(used(1)).isGreaterThan(0.9);
    }

    @Test
    void who_promises_and_sends_nothing_is_asked_no_more() {
        SimulatedPeer liar = peer(1, 100);
        liar.liar = true;
        peer(2, 100);
        fetch(400, 1000);
        assertThat(used(1)).isGreaterThan(0.7);
        assertThat(liar.asked).isLessThan(100);
    }

    @Test
    void one_whose_word_comes_after_the_block_has_its_part_all_the_same() {
        SimulatedPeer near = new SimulatedPeer(net, 1, 10, Duration.ofMillis(1)).connect();
        SimulatedPeer far = new SimulatedPeer(net, 2, 100, Duration.ofMillis(900)).connect();
        net.walk(0, 400, 64);
        assertThat(net.run(Duration.ofMinutes(2), () -> net.arrived == 400)).isTrue();
        assertThat(far.blocksSent).isGreaterThan(near.blocksSent);
    }
}
