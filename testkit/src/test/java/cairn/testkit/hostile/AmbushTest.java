package cairn.testkit.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import cairn.libp2p.crypto.SigningKey;
import cairn.libp2p.host.Host;
import cairn.libp2p.host.HostOptions;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What a host bears of whom it dials; that it waits for none for long is in [TransportSiegeTest].
@Timeout(60)
final class AmbushTest {
    private Host host;

    @BeforeEach
    void open() throws IOException {
        host = Host.open(HostOptions.of(SigningKey.generate()));
    }

    @AfterEach
    void nothing_is_held_afterwards() throws IOException {
        await().untilAsserted(
                        () -> {
                            var now = host.limits().snapshot();
                            assertThat(now.peers()).isEmpty();
                            assertThat(now.system().usage().connections()).isZero();
                            assertThat(now.system().usage().memory()).isZero();
                        });
        host.close();
    }

    @Test
    void another_peer_than_was_dialled_is_no_connection() throws IOException {
        try (Ambush ambush = Ambush.impostor()) {
            assertThatThrownBy(() -> host.connect(ambush.address()))
                    .isInstanceOf(IOException.class)
                    .hasStackTraceContaining("not " + ambush.peer());
            assertThat(host.swarm().connections()).isEmpty();
        }
    }

    @Test
    void who_says_back_what_it_hears_is_no_peer() throws IOException {
        try (Ambush ambush = Ambush.parrot()) {
            assertThatThrownBy(() -> host.connect(ambush.address()))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void a_length_that_never_ends_is_no_answer() throws IOException {
        try (Ambush ambush = Ambush.endlessLength()) {
            assertThatThrownBy(() -> host.connect(ambush.address()))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void a_reset_is_an_error() throws IOException {
        try (Ambush ambush = Ambush.resetting()) {
            assertThatThrownBy(() -> host.connect(ambush.address()))
                    .isInstanceOf(IOException.class);
        }
    }
}
