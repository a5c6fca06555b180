package cairn.testkit.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import cairn.libp2p.crypto.SigningKey;
import cairn.libp2p.host.Host;
import cairn.libp2p.host.HostOptions;
import cairn.libp2p.limits.Limits;
import cairn.multiformats.multiaddr.Multiaddr;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// What a host bears over WebSocket and QUIC, and by what is said on streams over any transport.
@Timeout(120)
final class TransportSiegeTest {
    private static final String ECHO = Bystander.ECHO;
    private static final Limits LIMITS = Limits.of(16 << 20, 128);

    private Host host;
    private Siege siege;

    @BeforeEach
    void begin() throws Exception {
        host =
                Host.open(
                        HostOptions.of(SigningKey.generate())
                                .limits(LIMITS)
                                .listen(
                                        List.of(
                                                Multiaddr.parse("/ip4/127.0.0.1/tcp/0"),
                                                Multiaddr.parse("/ip4/127.0.0.1/tcp/0/ws"),
                                                Multiaddr.parse(
                                                        "/ip4/127.0.0.1/udp/0/quic-v1"))));
        siege = Siege.of(host);
    }

    @AfterEach
    void end() throws IOException {
        siege.close();
        host.close();
    }

    @ParameterizedTest
    @MethodSource
    void the_host_bears(Attack attack) throws IOException {
        siege.bear(attack);
    }

    static Stream<Arguments> the_host_bears() {
        return Stream.of(
                argumentSet("endless request", WebSocketAttacks.endlessRequest()),
                argumentSet("giant message", WebSocketAttacks.giantMessage()),
                argumentSet("giant ping", WebSocketAttacks.giantPing()),
                argumentSet("frame without a mask", WebSocketAttacks.unmasked()),
                argumentSet("empty frames", WebSocketAttacks.emptyFrames(20_000)),
                argumentSet("flood of pings", WebSocketAttacks.pingFlood(100_000)),
                argumentSet("garbage datagrams", QuicAttacks.garbageDatagrams(5_000, 1)));
    }
}
