package cairn.testkit.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import cairn.libp2p.crypto.SigningKey;
import cairn.libp2p.host.Host;
import cairn.libp2p.host.HostOptions;
import cairn.libp2p.limits.Limits;
import cairn.multiformats.multiaddr.Multiaddr;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What a host bears whose limits are those that half of a daemon's heap gives it.
@Timeout(120)
final class DaemonSiegeTest {
    private static final Limits LIMITS = Limits.of(72 << 20, 4096);

    private Host host;
    private Siege siege;

    @BeforeEach
    void begin() throws Exception {
        host =
                Host.open(
                        HostOptions.of(SigningKey.generate())
                                .limits(LIMITS)
                                .listen(List.of(Multiaddr.parse("/ip4/127.0.0.1/tcp/0"))));
        siege = Siege.of(host, Target::tcp);
    }

    @AfterEach
    void end() throws IOException {
        siege.close();
        host.close();
    }

    /// Of whom the host remembers more than it has connections, in a heap that isn't larger.
    @Test
    void peers_that_come_and_go_and_boast_are_remembered_in_little() throws IOException {
        Footprint before = Footprint.of(host);
        try (Attacker attacker = new Attacker(siege.target())) {
            IdentifyAttacks.boastsOfMany(400, 500, 1000).perform(attacker);
        }
        siege.awaitServed();
        Footprint.assertReturnsTo(before, host, siege.bystander());
        assertThat(host.peers().peers()).hasSizeGreaterThan(200);
    }

    @Test
    void streams_that_say_nothing_leave_room_for_those_of_others() throws IOException {
        siege.bear(
                MuxerAttacks.silentStreams(1000),
                MuxerAttacks.silentStreams(1000),
                MuxerAttacks.silentStreams(1000));
    }
}
