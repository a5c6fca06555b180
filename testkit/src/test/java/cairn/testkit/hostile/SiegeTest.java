package cairn.testkit.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import cairn.libp2p.crypto.PeerRecord;
import cairn.libp2p.crypto.SigningKey;
import cairn.libp2p.host.Host;
import cairn.libp2p.host.HostOptions;
import cairn.libp2p.limits.Limits;
import cairn.multiformats.multiaddr.Multiaddr;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.junit.jupiter.params.provider.Arguments.argumentSet;

/// What a host bears over TCP: see [Siege] for what it is held to in each case.
@Timeout(120)
final class SiegeTest {
    private static final String ECHO = Bystander.ECHO;

    /// Small, so that attacks reach them: 65 connections may come in, 32 of them unproven, and 256
    /// streams of a peer.
    private static final Limits LIMITS = Limits.of(16 << 20, 128);

    private static Host host;
    private static Siege siege;

    @BeforeAll
    static void begin() throws Exception {
        host =
                Host.open(
                        HostOptions.of(SigningKey.generate())
                                .limits(LIMITS)
                                .listen(List.of(Multiaddr.parse("/ip4/127.0.0.1/tcp/0"))));
        siege = Siege.of(host, Target::tcp);
    }

    @AfterAll
    static void end() throws IOException {
        try (Host closing = host) {
            siege.close();
            assertThat(closing.swarm().connections())
                    .as("a bystander that has left")
                    .hasSizeLessThan(2);
        }
    }

    @ParameterizedTest
    @MethodSource
    void the_host_cuts_off(Attack attack, TestReporter reporter) throws IOException {
        assertThat(siege.bear(attack).getFirst()).as("the end of the attack").isPresent();
        report(reporter);
    }

    static Stream<Arguments> the_host_cuts_off() {
        return Stream.of(
                argumentSet("20 connections", HandshakeAttacks.connectionsOfOnePeer(20)),
                argumentSet("window overrun", MuxerAttacks.windowOverrun(ECHO)),
                argumentSet("giant frame", MuxerAttacks.giantFrame()),
                argumentSet("ping flood", MuxerAttacks.pingFlood(100_000)),
                argumentSet("nonsense", MuxerAttacks.nonsense(new Random(1))),
                argumentSet("speech after goodbye", MuxerAttacks.goesOnAfterGoodbye(ECHO)));
    }

    @ParameterizedTest
    @MethodSource
    void the_host_bears(Attack attack, TestReporter reporter) throws IOException {
        siege.bear(attack);
        report(reporter);
    }

    static Stream<Arguments> the_host_bears() throws Exception {
        SigningKey other = SigningKey.generate();
        byte[] signed = new PeerRecord(other.peerId(), 1, List.of()).seal(other);
        byte[] proof = other.sign(HandshakeAttacks.signed(new byte[32]));
        return Stream.of(
                argumentSet("200 peers", HandshakeAttacks.peers(200)),
                argumentSet("1000 connections", HandshakeAttacks.silentConnections(1000)),
                argumentSet("endless length", HandshakeAttacks.endlessLength()),
                argumentSet("giant word", HandshakeAttacks.giantWord()),
                argumentSet("endless proposals", HandshakeAttacks.endlessProposals()),
                argumentSet("giant noise message", HandshakeAttacks.giantNoiseMessage()),
                argumentSet("zeros for keys", HandshakeAttacks.zeroKeys()),
                argumentSet("wrong key", HandshakeAttacks.wrongKey(other.publicKey())),
                argumentSet(
                        "proof of another",
                        HandshakeAttacks.replayedProof(other.publicKey(), proof)),
                argumentSet("garbage", HandshakeAttacks.garbage(new byte[5000])),
                argumentSet("death in the handshake", HandshakeAttacks.vanishes()),
                argumentSet("1000 streams", MuxerAttacks.silentStreams(1000)),
                argumentSet("streams of who dies", MuxerAttacks.opensStreamsAndVanishes(200, ECHO)),
                argumentSet("reset flood", MuxerAttacks.resetFlood(20_000, ECHO)),
                argumentSet("frame that never ends", MuxerAttacks.frameThatNeverEnds(ECHO)),
                argumentSet("flood of credit", MuxerAttacks.creditFlood(10_000, ECHO)),
                argumentSet("never reads", MuxerAttacks.neverReads(100, ECHO)),
                argumentSet("giant cipher frame", MuxerAttacks.giantCipherFrame()),
                argumentSet("forged cipher frame", MuxerAttacks.forgedCipherFrame()),
                argumentSet("identify flood", IdentifyAttacks.identifyFlood(1000)),
                argumentSet("push flood", IdentifyAttacks.pushFlood(1000)),
                argumentSet("boasts", IdentifyAttacks.boasts(1000, 2000)),
                argumentSet("key of another", IdentifyAttacks.claimsKeyOf(other)),
                argumentSet("record of another", IdentifyAttacks.replaysRecord(signed)),
                argumentSet("signs for another", IdentifyAttacks.signsFor(other.peerId())));
    }

    private static void report(TestReporter reporter) {
        reporter.publishEntry("worst round trip", siege.bystander().worst().toString());
    }
}
