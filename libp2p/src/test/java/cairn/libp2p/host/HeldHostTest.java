package cairn.libp2p.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cairn.libp2p.bandwidth.Rates;
import cairn.libp2p.crypto.SigningKey;
import cairn.libp2p.perf.Perf;
import cairn.libp2p.ping.Ping;
import cairn.libp2p.swarm.Connection;
import cairn.multiformats.multiaddr.Multiaddr;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Hosts that are held to a rate, over real connections.
@Timeout(60)
final class HeldHostTest {
    private static final int RATE = 100_000;

    private static Host host(Rates rates) throws IOException {
        return Host.open(
                HostOptions.of(SigningKey.generate())
                        .listen(List.of(Multiaddr.parse("/ip4/127.0.0.1/tcp/0")))
                        .servesPerf(true)
                        .rates(rates));
    }

    /// What waits before an answer is what one write of a slow channel may hold: go gives up a peer
    /// that takes ten seconds.
    @Test
    void a_ping_is_answered_soon_behind_bytes_that_wait_for_a_low_rate() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        try (Host server = host(new Rates(RATE, 0, 0, 0, true));
                Host client = host(Rates.UNLIMITED)) {
            Connection there =
                    client.connect(server.listenAddresses().getFirst().withPeer(server.id()));
            Thread.startVirtualThread(
                    () -> {
                        try {
                            Perf.measure(there, 1, 100L * RATE);
                        } catch (IOException e) {
                            over.countDown();
                        }
                    });
            await().until(() -> server.bandwidth().traffic().sent() > 2 * RATE);
            try (Ping.Session session = Ping.open(there)) {
                session.ping();
                assertThat(session.ping()).isLessThan(Duration.ofMillis(1500));
            }
            assertThat(server.bandwidth().traffic().sendRate()).isBetween(RATE / 2.0, RATE * 1.5);
            assertThat(there.isClosed()).isFalse();
        }
        over.await();
    }
}
