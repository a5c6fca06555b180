package cairn.libp2p.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cairn.libp2p.bandwidth.Bandwidth;
import cairn.libp2p.bandwidth.Rates;
import cairn.libp2p.crypto.SigningKey;
import cairn.libp2p.limits.Limits;
import cairn.libp2p.limits.ResourceLimits;
import cairn.libp2p.noise.Noise;
import cairn.libp2p.swarm.Connection;
import cairn.libp2p.swarm.ConnectionGate;
import cairn.libp2p.swarm.Swarm;
import cairn.libp2p.tcp.TcpTransport;
import cairn.libp2p.transport.Listener;
import cairn.libp2p.upgrade.Protector;
import cairn.libp2p.upgrade.Upgrader;
import cairn.libp2p.wire.LargeBuffers;
import cairn.libp2p.yamux.YamuxMuxer;
import cairn.multiformats.multiaddr.Multiaddr;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class PeeringTest {
    /// So long that a test which waits for it fails.
    private static final Duration NEVER = Duration.ofHours(1);

    private static final Duration SHORT = Duration.ofMillis(20);

    private final SigningKey key = SigningKey.generate();
    private final Set<Long> seen = ConcurrentHashMap.newKeySet();
    private final Swarm here = swarm(SigningKey.generate());
    private Swarm there = swarm(key);
    private Listener listener;

    private static Swarm swarm(SigningKey key) {
        var upgrader =
                new Upgrader(
                        Protector.none(),
                        List.of(new Noise(key, new LargeBuffers())),
                        List.of(new YamuxMuxer()));
        return new Swarm(
                key.peerId(),
                List.of(new TcpTransport(upgrader)),
                new ResourceLimits(Limits.of(1L << 30, 1 << 10)),
                ConnectionGate.open(),
                new Bandwidth(Rates.UNLIMITED),
                peer -> List.of(),
                List::of,
                InstantSource.system());
    }

    @BeforeEach
    void listen() throws IOException {
        listener = there.listen(Multiaddr.parse("/ip4/127.0.0.1/tcp/0"));
    }

    @AfterEach
    void close() throws IOException {
        here.close();
        there.close();
    }

    private PeerAddresses peer() {
        return new PeerAddresses(key.peerId(), List.of(listener.address()));
    }

    private Connection awaitNewConnection() {
        await().until(
                        () ->
                                here.connection(key.peerId())
                                        .filter(c -> seen.add(c.id()))
                                        .isPresent());
        return here.connection(key.peerId()).orElseThrow();
    }

    private void closeThere() throws IOException {
        await().until(() -> !there.connections().isEmpty());
        for (Connection connection : there.connections()) connection.close();
    }

    @Test
    void a_kept_peer_that_leaves_is_connected_again_at_once_whoever_closed() throws Exception {
        try (Peering peering = new Peering(here, NEVER, NEVER)) {
            peering.add(peer());
            awaitNewConnection().close();
            awaitNewConnection();
            closeThere();
            awaitNewConnection();
        }
    }

    @Test
    void a_peer_that_isn_t_there_is_tried_until_it_is() throws Exception {
        there.close();
        try (Peering peering = new Peering(here, SHORT, SHORT.multipliedBy(2))) {
            peering.add(peer());
            there = swarm(key);
            there.listen(listener.address());
            awaitNewConnection();
        }
    }

    @Test
    void a_peer_that_came_by_itself_and_left_is_tried_at_once() throws Exception {
        Swarm first = there;
        first.stopListening(listener);
        try (Peering peering = new Peering(here, NEVER, NEVER)) {
            peering.add(peer());
            Listener own = here.listen(Multiaddr.parse("/ip4/127.0.0.1/tcp/0"));
            first.connect(here.self(), List.of(own.address()), true);
            awaitNewConnection();
            first.listen(listener.address());
            closeThere();
            awaitNewConnection();
        }
    }

    @Test
    void a_peer_that_is_kept_no_more_is_left_alone_and_its_connection_stays() throws Exception {
        try (Peering peering = new Peering(here, SHORT, SHORT)) {
            peering.add(peer());
            Connection connection = awaitNewConnection();
            assertThat(peering.keeps(key.peerId())).isTrue();
            assertThat(peering.remove(key.peerId())).isTrue();
            assertThat(peering.remove(key.peerId())).isFalse();
            assertThat(peering.peers()).isEmpty();
            assertThat(connection.isClosed()).isFalse();
            connection.close();
            await().during(SHORT.multipliedBy(10))
                    .until(() -> here.connection(key.peerId()).isEmpty());
        }
    }

    @Test
    void waits_grow_by_half_as_far_as_the_longest() {
        Duration wait = Duration.ofSeconds(5);
        Duration longest = Duration.ofSeconds(10);
        wait = Peering.longer(wait, longest);
        assertThat(wait).isEqualTo(Duration.ofMillis(7_500));
        wait = Peering.longer(wait, longest);
        assertThat(wait).isEqualTo(longest);
        assertThat(Peering.longer(wait, longest)).isEqualTo(longest);
    }
}
