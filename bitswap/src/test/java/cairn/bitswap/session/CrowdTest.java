package cairn.bitswap.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/// How much is asked of a peer that opens a stream for each answer, as boxo does: streams beyond
/// the 256 that a connection has are refused, and what comes on them is lost.
final class CrowdTest {
    private static final int MOST_REPLIES = 192;

    private final Simulation net = new Simulation();

    private final SimulatedPeer peer =
            new SimulatedPeer(net, 1, 10_000, Duration.ofMillis(500)).connect();

    CrowdTest() {
        peer.blockSize = 64 << 10;
    }

    @Test
    void no_more_answers_are_asked_for_at_once_than_there_are_streams_for() {
        net.walk(0, 3000, 1024);
        net.run(Duration.ofSeconds(60));
        assertThat(net.arrived).isEqualTo(3000);
        // One may be on its way to who takes it.
        assertThat(peer.mostOpen).isBetween(MOST_REPLIES / 2, MOST_REPLIES + 1);
    }

    @Test
    void blocks_that_share_an_answer_count_as_one() {
        peer.blockSize = 1 << 10;
        net.walk(0, 10_000, 1024);
        net.run(Duration.ofSeconds(60));
        assertThat(net.arrived).isEqualTo(10_000);
        assertThat(peer.mostOpen).isGreaterThan(2 * MOST_REPLIES);
    }

    @Test
    void streams_that_are_still_open_count_until_they_end() {
        peer.keepsStreams = true;
        net.walk(0, 3000, 1024);
        net.run(Duration.ofSeconds(60));
        assertThat(net.arrived).isBetween(MOST_REPLIES / 2, MOST_REPLIES);

        peer.endStreams();
        net.run(Duration.ofSeconds(60));
        assertThat(net.arrived).isEqualTo(3000);
    }

    @Test
    void what_was_lost_is_asked_for_again_all_of_it_within_seconds() {
        net.walk(0, 3000, 1024);
        net.run(Duration.ofSeconds(60));
        peer.loss = 1;
        net.walk(3000, 500, 500);
        net.run(Duration.ofSeconds(5));
        peer.loss = 0;
        net.run(Duration.ofSeconds(20));
        assertThat(net.arrived).isEqualTo(3500);
    }
}
