package cairn.libp2p.identify;

import static org.assertj.core.api.Assertions.assertThat;

import cairn.libp2p.crypto.SigningKey;
import cairn.libp2p.host.Host;
import cairn.libp2p.host.HostOptions;
import cairn.libp2p.swarm.Connection;
import cairn.multiformats.multiaddr.Multiaddr;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PushAllowanceTest {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final PushAllowance allowance = new PushAllowance(() -> now);
    private Host server;
    private Host client;
    private Connection connection;

    @BeforeEach
    void connect() throws IOException {
        server =
                Host.open(
                        HostOptions.of(SigningKey.generate())
                                .listen(List.of(Multiaddr.parse("/ip4/127.0.0.1/tcp/0"))));
        client = Host.open(HostOptions.of(SigningKey.generate()));
        connection = client.connect(server.listenAddresses().getFirst().withPeer(server.id()));
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        server.close();
    }

    private int taken() {
        int count = 0;
        while (allowance.take(connection)) count++;
        return count;
    }

    @Test
    void ten_pushes_are_taken_at_once_and_one_more_every_five_seconds() {
        assertThat(taken()).isEqualTo(10);
        now = now.plus(Duration.ofMillis(4_999));
        assertThat(taken()).isZero();
        now = now.plus(Duration.ofMillis(1));
        assertThat(taken()).isEqualTo(1);
        now = now.plus(Duration.ofHours(1));
        assertThat(taken()).isEqualTo(10);
        allowance.forget(connection);
        assertThat(allowance.remembered()).isZero();
    }

    /// A push that came just before the end may be looked at just after it.
    @Test
    void a_connection_that_has_ended_is_not_remembered() throws IOException {
        connection.close();
        allowance.forget(connection);
        assertThat(allowance.take(connection)).isTrue();
        assertThat(allowance.remembered()).isZero();
    }
}
