package cairn.testkit.hostile;

import static org.awaitility.Awaitility.await;

import cairn.libp2p.crypto.SigningKey;
import cairn.libp2p.host.Host;
import cairn.libp2p.host.HostOptions;
import cairn.libp2p.identify.Identify;
import cairn.libp2p.limits.Limits;
import cairn.multiformats.multiaddr.Multiaddr;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Whatever hostile peers do one after the other, a host that they have left holds nothing of
/// theirs.
@Timeout(300)
final class HostileActsPropertyTest {
    private static final int SEQUENCES = 100;
    private static final int MOST_ATTACKERS = 3;
    private static final int MOST_ACTS = 4;
    private static final String ECHO = Bystander.ECHO;

    /// What an attacker may do; each takes its counts from the generator. Those that only the
    /// host's clock ends are left to [TransportSiegeTest].
    private static final List<Function<Random, Attack>> ACTS =
            List.of(
                    r -> HandshakeAttacks.silentConnections(r.nextInt(1, 40)),
                    r -> HandshakeAttacks.peers(r.nextInt(1, 6)),
                    r -> HandshakeAttacks.connectionsOfOnePeer(r.nextInt(1, 10)),
                    r -> HandshakeAttacks.neverAnswersNoise(),
                    r -> HandshakeAttacks.endlessLength(),
                    r -> HandshakeAttacks.giantWord(),
                    r -> HandshakeAttacks.giantNoiseMessage(),
                    r -> HandshakeAttacks.zeroKeys(),
                    r -> HandshakeAttacks.vanishes(),
                    r -> MuxerAttacks.silentStreams(r.nextInt(1, 400)),
                    r -> MuxerAttacks.opensStreamsAndVanishes(r.nextInt(1, 100), ECHO),
                    r -> MuxerAttacks.windowOverrun(ECHO),
                    r -> MuxerAttacks.giantFrame(),
                    r -> MuxerAttacks.frameThatNeverEnds(ECHO),
                    r -> MuxerAttacks.resetFlood(r.nextInt(1, 2_000), ECHO),
                    r -> MuxerAttacks.creditFlood(r.nextInt(1, 2_000), ECHO),
                    r -> MuxerAttacks.neverReads(r.nextInt(1, 50), ECHO),
                    r -> MuxerAttacks.nonsense(r),
                    r -> MuxerAttacks.goesOnAfterGoodbye(ECHO),
                    r -> MuxerAttacks.giantCipherFrame(),
                    r -> MuxerAttacks.forgedCipherFrame(),
                    r -> IdentifyAttacks.identifyFlood(r.nextInt(1, 300)),
                    r -> IdentifyAttacks.pushFlood(r.nextInt(1, 300)),
                    r -> IdentifyAttacks.boasts(r.nextInt(1000), r.nextInt(2000)),
                    r -> WebSocketAttacks.noRequest(),
                    r -> WebSocketAttacks.giantMessage(),
                    r -> WebSocketAttacks.unmasked(),
                    r -> WebSocketAttacks.emptyFrames(r.nextInt(1, 1_000)),
                    r -> WebSocketAttacks.pingFlood(r.nextInt(1, 10_000)),
                    r -> QuicAttacks.garbageDatagrams(r.nextInt(1, 100), r.nextLong()),
                    r ->
                            attacker ->
                                    StreamAttacks.giantMessage(
                                                    attacker.target().webSocket(),
                                                    Identify.PUSH_PROTOCOL)
                                            .perform(attacker),
                    r ->
                            attacker ->
                                    StreamAttacks.neverReads(
                                                    attacker.target().webSocket(), ECHO, 4 << 20)
                                            .perform(attacker));

    @Test
    void nothing_is_left_of_any_sequence_of_hostile_acts() throws Exception {
        HostOptions options =
                HostOptions.of(SigningKey.generate())
                        .limits(Limits.of(16 << 20, 128))
                        .listen(
                                List.of(
                                        Multiaddr.parse("/ip4/127.0.0.1/tcp/0"),
                                        Multiaddr.parse("/ip4/127.0.0.1/tcp/0/ws"),
                                        Multiaddr.parse("/ip4/127.0.0.1/udp/0/quic-v1")));
        try (Host host = Host.open(options);
                Siege siege = Siege.of(host, Target::tcp)) {
            Footprint before = Footprint.of(host);
            for (int seed = 0; seed < SEQUENCES; seed++) {
                play(siege.target(), new Random(seed));
                await("the host to be rid of the attackers of seed " + seed)
                        .atMost(Duration.ofSeconds(30))
                        .pollInterval(Duration.ofMillis(10))
                        .untilAsserted(() -> Footprint.assertOnlyServes(host, siege.bystander()));
            }
            siege.awaitServed();
            Footprint.assertReturnsTo(before, host, siege.bystander());
        }
    }

    private static void play(Target target, Random random) throws Exception {
        List<Attacker> attackers = new ArrayList<>();
        for (int i = random.nextInt(MOST_ATTACKERS); i >= 0; i--)
            attackers.add(new Attacker(target));
        for (int i = random.nextInt(MOST_ACTS); i >= 0; i--)
            for (Attacker attacker : attackers)
                attacker.attempt(ACTS.get(random.nextInt(ACTS.size())).apply(random));
        Collections.shuffle(attackers, random);
        for (Attacker attacker : attackers) attacker.close();
    }
}
