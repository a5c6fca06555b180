package cairn.bitswap.session;

import static cairn.bitswap.session.Simulation.cid;
import static org.assertj.core.api.Assertions.assertThat;

import cairn.bitswap.message.Presence;
import cairn.bitswap.message.WantlistEntry.Kind;
import cairn.multiformats.Cid;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A source that can't answer now: that is no answer.
final class FailedSourceTest {
    private static final Duration RTT = Duration.ofMillis(10);

    private final Simulation net = new Simulation();
    private final Failing source = new Failing();
    private final Partner partner = net.exchange.add(net.session, "mirror", source, net.now());

    /// Fails for some time, then has everything.
    private final class Failing implements Voice {
        final List<Long> asked = new ArrayList<>();
        Duration failsFor = Duration.ZERO;

        @Override
        public void want(Cid cid, Kind kind, boolean again) {
            asked.add(net.now());
            net.at(RTT.toNanos(), () -> answer(cid, kind));
        }

        private void answer(Cid cid, Kind kind) {
            if (net.now() < failsFor.toNanos()) net.exchange.failed(partner, cid, net.now());
            else if (kind == Kind.HAVE)
                net.exchange.presence(partner, new Presence(cid, Presence.Type.HAVE), net.now());
            else net.exchange.block(partner, net.block(cid, 1000), net.now());
            net.exchange.end(partner, net.now());
        }

        @Override
        public void cancel(Cid cid) {}

        @Override
        public void end() {}
    }

    @Test
    void it_is_asked_again_after_pauses_that_grow() {
        source.failsFor = Duration.ofSeconds(6);
        net.want(cid(1));
        net.run(Duration.ofSeconds(10));
        assertThat(net.arrived).isEqualTo(1);
        assertThat(source.asked).hasSize(4);
        for (int i = 0; i < 3; i++)
            assertThat(source.asked.get(i + 1) - source.asked.get(i))
                    .isGreaterThanOrEqualTo(Duration.ofSeconds(1 << i).toNanos());
    }

    @Test
    void it_is_not_asked_for_ever() {
        source.failsFor = Duration.ofDays(1);
        net.want(cid(1));
        net.run(Duration.ofSeconds(70));
        assertThat(net.failures).hasSize(1);
        assertThat(source.asked).hasSize(6);
    }

    @Test
    void it_has_its_part_again_once_it_is_well_though_a_peer_has_all() {
        SimulatedPeer peer = new SimulatedPeer(net, 1, 1, RTT).connect();
        peer.blockSize = 1000;
        source.failsFor = Duration.ofSeconds(2);
        net.walk(0, 10_000, 64);
        net.run(Duration.ofMinutes(1));
        assertThat(net.arrived).isEqualTo(10_000);
        assertThat(partner.ledger().blocks()).isGreaterThan(5_000);
    }

    @Test
    void providers_are_looked_for_at_once_where_it_is_all_there_is() {
        source.failsFor = Duration.ofDays(1);
        net.want(cid(1));
        net.run(RTT.plusMillis(1));
        assertThat(net.searches).containsExactly(net.session);
    }
}
