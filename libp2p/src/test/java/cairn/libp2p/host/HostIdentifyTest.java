package cairn.libp2p.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cairn.libp2p.crypto.SigningKey;
import cairn.libp2p.limits.ScopeUsage;
import cairn.libp2p.swarm.Connection;
import cairn.multiformats.multiaddr.Multiaddr;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What hosts tell each other of themselves.
@Timeout(30)
class HostIdentifyTest {
    private Host server;
    private Host client;

    @BeforeEach
    void open() throws IOException {
        server =
                Host.open(
                        HostOptions.of(SigningKey.generate())
                                .listen(List.of(Multiaddr.parse("/ip4/127.0.0.1/tcp/0"))));
        client = Host.open(HostOptions.of(SigningKey.generate()));
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        server.close();
    }

    private Connection connect() throws Exception {
        Multiaddr address = server.listenAddresses().getFirst().withPeer(server.id());
        Connection there = client.connect(address);
        assertThat(there.awaitIdentified(Duration.ofSeconds(10))).isTrue();
        await().until(() -> server.swarm().connection(client.id()).isPresent());
        Connection here = server.swarm().connection(client.id()).orElseThrow();
        assertThat(here.awaitIdentified(Duration.ofSeconds(10))).isTrue();
        return there;
    }

    private ScopeUsage usedByClient() {
        return server.limits().snapshot().peers().get(client.id()).usage();
    }

    @Test
    void what_a_peer_says_of_itself_counts_for_its_connection() throws Exception {
        connect();
        await().until(() -> usedByClient().streams() == 0);
        long before = usedByClient().memory();
        String name = "/long/" + "x".repeat(50) + "/";
        for (int i = 0; i < 100; i++) client.swarm().handle(name + i, stream -> {});
        client.serve("/last", stream -> {});
        await().untilAsserted(
                        () -> {
                            assertThat(usedByClient().streams()).isZero();
                            assertThat(usedByClient().memory() - before)
                                    .isGreaterThan(100L * name.length());
                        });
        client.close();
        await().until(() -> server.limits().snapshot().system().usage().equals(ScopeUsage.NONE));
    }
}
