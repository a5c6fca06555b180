package cairn.libp2p.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class AttemptTest {
    @Test
    void a_failure_of_any_kind_leaves_the_thread_alive() throws InterruptedException {
        assertThat(Attempt.make("connecting", () -> "done")).contains("done");
        assertThat(failed(new IOException("refused"))).isEmpty();
        assertThat(failed(new IllegalStateException("a bug"))).isEmpty();
    }

    @Test
    void an_interrupt_ends_it() {
        assertThatThrownBy(() -> failed(new InterruptedIOException("interrupted")))
                .isInstanceOf(InterruptedException.class);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> failed(new IOException("a consequence")))
                .isInstanceOf(InterruptedException.class);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    private static Optional<String> failed(Exception failure) throws InterruptedException {
        return Attempt.make(
                "connecting",
                () -> {
                    throw failure;
                });
    }
}
