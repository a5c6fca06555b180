package cairn.testkit.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import cairn.libp2p.crypto.PeerRecord;
import cairn.libp2p.crypto.SigningKey;
import cairn.libp2p.host.Host;
import cairn.libp2p.host.HostOptions;
import cairn.libp2p.limits.Limits;
import cairn.libp2p.limits.ScopeUsage;
import cairn.libp2p.swarm.Connection;
import cairn.libp2p.swarm.RemoteInfo;
import cairn.libp2p.swarm.SwarmListener;
import cairn.multiformats.multiaddr.Multiaddr;
import cairn.multiformats.peer.PeerId;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What attacks do to a host, by what it counts: each does what it says, and comes no further than
/// the limit that is there for it.
@Timeout(60)
final class AttacksTest {
    private static final Limits LIMITS = Limits.of(16 << 20, 128);

    private Host host;
    private Attacker attacker;

    @BeforeEach
    void begin() throws Exception {
        host =
                Host.open(
                        HostOptions.of(SigningKey.generate())
                                .limits(LIMITS)
                                .listen(
                                        List.of(
                                                Multiaddr.parse("/ip4/127.0.0.1/tcp/0"),
                                                Multiaddr.parse("/ip4/127.0.0.1/udp/0/quic-v1"))));
        host.serve(Bystander.ECHO, Bystander::echo);
        attacker = new Attacker(Target.of(host));
    }

    @AfterEach
    void end() throws IOException {
        attacker.close();
        host.close();
    }

    private ScopeUsage unproven() {
        return host.limits().snapshot().transientScope().usage();
    }

    private ScopeUsage ofAttacker() {
        var peer = host.limits().snapshot().peers().get(attacker.key().peerId());
        return peer == null ? ScopeUsage.NONE : peer.usage();
    }

    @Test
    void connections_that_say_nothing_take_the_places_of_unproven_ones_and_no_more()
            throws IOException {
        HandshakeAttacks.silentConnections(200).perform(attacker);
        await().until(
                        () ->
                                unproven().inboundConnections()
                                        == LIMITS.transientScope().inboundConnections());
    }

    @Test
    void a_slow_handshake_takes_a_place() throws IOException {
        HandshakeAttacks.neverAnswersNoise().perform(attacker);
        assertThat(unproven().inboundConnections()).isEqualTo(1);
    }

    /// The handshake by hand is in order but for what is wrong on purpose.
    @Test
    void whoever_signs_with_a_peer_s_own_key_is_that_peer_and_nobody_else_is() {
        SigningKey other = SigningKey.generate();
        byte[] proof = other.sign(HandshakeAttacks.signed(new byte[32]));
        Queue<PeerId> met = new ConcurrentLinkedQueue<>();
        host.swarm()
                .subscribe(
                        new SwarmListener() {
                            @Override
                            public void connected(Connection connection) {
                                met.add(connection.peer());
                            }
                        });
        attacker.meanwhile(HandshakeAttacks.wrongKey(other.publicKey()));
        attacker.meanwhile(HandshakeAttacks.replayedProof(other.publicKey(), proof));
        await().until(() -> unproven().connections() == 0);
        attacker.meanwhile(HandshakeAttacks.wrongKey(attacker.key().publicKey()));
        await().until(() -> !met.isEmpty());
        assertThat(met).containsExactly(attacker.key().peerId());
    }

    @Test
    void a_peer_has_so_many_connections_and_no_more() throws IOException {
        for (int i = 0; i < 2 * LIMITS.peer().inboundConnections(); i++) attacker.yamux();
        await().until(
                        () ->
                                ofAttacker().inboundConnections()
                                        == LIMITS.peer().inboundConnections());
    }

    @Test
    void a_peer_has_so_many_streams_and_no_more() throws IOException {
        MuxerAttacks.silentStreams(1000).perform(attacker);
        int streams = ofAttacker().inboundStreams();
        assertThat(streams)
                .isPositive()
                .isLessThanOrEqualTo(LIMITS.connection().inboundStreams())
                .isEqualTo(LIMITS.transientScope().inboundStreams() / 2);
    }

    @Test
    void what_nobody_reads_takes_memory_up_to_the_limit() throws IOException {
        MuxerAttacks.neverReads(100, Bystander.ECHO).perform(attacker);
        await().until(() -> ofAttacker().memory() > 1 << 20);
        assertThat(ofAttacker().memory()).isLessThanOrEqualTo(LIMITS.peer().memory());
    }

    @Test
    void handshakes_of_quic_hang_until_their_time_is_up() throws IOException {
        QuicAttacks.hangingHandshakes(3).perform(attacker);
        await().until(() -> unproven().inboundConnections() == 3);
    }

    @Test
    void half_a_hello_hangs_too() throws IOException {
        QuicAttacks.halfHellos(3).perform(attacker);
        await().until(() -> unproven().inboundConnections() == 3);
    }

    @Test
    void a_boast_is_believed_up_to_the_limits_of_identify() throws IOException {
        IdentifyAttacks.boasts(1000, 2000).perform(attacker);
        RemoteInfo info = learned().orElseThrow();
        assertThat(info.addresses()).hasSize(500);
        assertThat(info.protocols()).hasSize(1024);
        assertThat(info.agentVersion()).hasSizeLessThanOrEqualTo(256);
    }

    @Test
    void records_of_others_and_keys_of_others_teach_nothing() throws Exception {
        SigningKey other = SigningKey.generate();
        Multiaddr address = Multiaddr.parse("/ip4/192.0.2.1/tcp/4001");
        byte[] signed = new PeerRecord(other.peerId(), 1, List.of(address)).seal(other);
        List<Attack> lies =
                List.of(
                        IdentifyAttacks.claimsKeyOf(other),
                        IdentifyAttacks.replaysRecord(signed),
                        IdentifyAttacks.signsFor(other.peerId()));
        for (Attack lie : lies)
            assertThatThrownBy(() -> lie.perform(attacker)).hasMessageContaining("reset");
        assertThat(learned()).isEmpty();
        assertThat(host.peers().addresses(other.peerId())).isEmpty();
        assertThat(host.peers().addresses(attacker.key().peerId())).isEmpty();
    }

    private Optional<RemoteInfo> learned() {
        return host.swarm().connection(attacker.key().peerId()).flatMap(Connection::remoteInfo);
    }
}
