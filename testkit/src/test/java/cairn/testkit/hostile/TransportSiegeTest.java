package cairn.testkit.hostile;

import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import cairn.libp2p.crypto.SigningKey;
import cairn.libp2p.host.Host;
import cairn.libp2p.host.HostOptions;
import cairn.libp2p.identify.Identify;
import cairn.libp2p.limits.Limits;
import cairn.multiformats.multiaddr.Multiaddr;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What a host bears over WebSocket and QUIC, and by what is said on streams over any transport.
@Timeout(120)
final class TransportSiegeTest {
    private static final String ECHO = Bystander.ECHO;
    private static final Limits LIMITS = Limits.of(16 << 20, 128);

    private Host host;

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
                                                Multiaddr.parse("/ip4/127.0.0.1/udp/0/quic-v1"))));
    }

    @AfterEach
    void end() throws IOException {
        host.close();
    }

    private void bear(Function<Target, Multiaddr> way, Attack attack) throws IOException {
        try (Siege siege = Siege.of(host, way)) {
            siege.bear(attack);
        }
    }

    @ParameterizedTest
    @MethodSource
    void who_comes_by_websocket_is_served_while_others_attack_it(Attack attack) throws IOException {
        bear(Target::webSocket, attack);
    }

    static Stream<Arguments> who_comes_by_websocket_is_served_while_others_attack_it() {
        return Stream.of(
                argumentSet("endless request", WebSocketAttacks.endlessRequest()),
                argumentSet("giant message", WebSocketAttacks.giantMessage()),
                argumentSet("giant ping", WebSocketAttacks.giantPing()),
                argumentSet("frame without a mask", WebSocketAttacks.unmasked()),
                argumentSet("empty frames", WebSocketAttacks.emptyFrames(20_000)),
                argumentSet("flood of pings", WebSocketAttacks.pingFlood(100_000)));
    }

    /// Those of QUIC are not seen to leave: the host forgets them when their time is up.
    @ParameterizedTest
    @MethodSource
    void who_comes_by_quic_is_served_while_others_attack_it(Attack attack) throws IOException {
        bear(Target::quic, attack);
    }

    static Stream<Arguments> who_comes_by_quic_is_served_while_others_attack_it() {
        return Stream.of(
                argumentSet("garbage datagrams", QuicAttacks.garbageDatagrams(5_000, 1)),
                argumentSet("garbage handshakes", QuicAttacks.garbageHellos(200, 2)),
                argumentSet("wrong protocol", QuicAttacks.wrongProtocol(200)));
    }

    @ParameterizedTest
    @MethodSource
    void streams_are_abused_over_any_transport(Function<Target, Multiaddr> way) throws IOException {
        try (Siege siege = Siege.of(host, way)) {
            Multiaddr at = way.apply(siege.target());
            siege.bear(
                    StreamAttacks.neverAnswers(at),
                    StreamAttacks.undecidedStreams(at, 200),
                    StreamAttacks.badName(at, "GET / HTTP/1.1\r\n\r\n"),
                    StreamAttacks.badName(at, "\23/multistream/1.0.0\n\6/echo!"),
                    StreamAttacks.badName(at, "\23/multistream/1.0.0\n\377\377\377\377"),
                    StreamAttacks.idleStreams(at, ECHO, 50),
                    StreamAttacks.giantMessage(at, Identify.PUSH_PROTOCOL),
                    StreamAttacks.endlessStream(at, ECHO, 8 << 20),
                    StreamAttacks.neverReads(at, ECHO, 64 << 20));
        }
    }

    static Stream<Arguments> streams_are_abused_over_any_transport() {
        return Stream.of(
                argumentSet("TCP", way(Target::tcp)),
                argumentSet("WebSocket", way(Target::webSocket)),
                argumentSet("QUIC", way(Target::quic)));
    }

    private static Function<Target, Multiaddr> way(Function<Target, Multiaddr> way) {
        return way;
    }

    /// All at once, as each takes its time limit: handshakes 15 s (QUIC's 10), writes that nobody
    /// takes 10 s, signs of life 40 s.
    @Test
    void the_host_gets_rid_of_who_only_takes_its_time() throws IOException {
        Duration slow = Duration.ofSeconds(1);
        try (Siege siege = Siege.of(host, Target::tcp)) {
            siege.outlast(
                    Duration.ofSeconds(75),
                    HandshakeAttacks.silentConnections(3),
                    HandshakeAttacks.slowHandshake(slow),
                    HandshakeAttacks.neverAnswersNoise(),
                    WebSocketAttacks.noRequest(),
                    QuicAttacks.hangingHandshakes(3),
                    QuicAttacks.halfHellos(3),
                    MuxerAttacks.silentStreams(10),
                    MuxerAttacks.neverReads(20, ECHO),
                    MuxerAttacks.frameThatNeverEnds(ECHO),
                    MuxerAttacks.giantCipherFrame(),
                    WebSocketAttacks.pingFlood(1_000_000),
                    HandshakeAttacks.halfOpen(),
                    attacker -> {
                        Multiaddr nobody = attacker.hold(Ambush.silent()).address();
                        attacker.meanwhile(dial -> host.connect(nobody));
                    });
        }
    }
}
