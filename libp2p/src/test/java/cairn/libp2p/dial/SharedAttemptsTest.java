package cairn.libp2p.dial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class SharedAttemptsTest {
    private final SharedAttempts<String, Integer> attempts = new SharedAttempts<>();
    private final AtomicInteger made = new AtomicInteger();

    @Test
    void those_who_ask_while_it_runs_share_one_attempt() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        var first = asked(() -> waited(go));
        await().until(() -> made.get() == 1);
        var second = asked(() -> waited(go));
        await().until(() -> second.waiter().getState() == Thread.State.WAITING);
        go.countDown();
        assertThat(first.outcome().get()).isEqualTo(second.outcome().get()).isEqualTo(1);
    }

    @Test
    void a_failure_is_everybody_s() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        var first =
                asked(
                        () -> {
                            waited(go);
                            throw new IOException("refused");
                        });
        await().until(() -> made.get() == 1);
        var second = asked(() -> 2);
        await().until(() -> second.waiter().getState() == Thread.State.WAITING);
        go.countDown();
        assertThatThrownBy(() -> first.outcome().get()).hasMessageContaining("refused");
        assertThatThrownBy(() -> second.outcome().get()).hasMessageContaining("refused");
    }

    @Test
    void when_the_first_is_interrupted_the_next_takes_over() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        var first = asked(() -> waited(never));
        await().until(() -> made.get() == 1);
        var second = asked(() -> 2);
        await().until(() -> second.waiter().getState() == Thread.State.WAITING);
        first.waiter().interrupt();
        assertThat(second.outcome().get()).isEqualTo(2);
        assertThatThrownBy(() -> first.outcome().get()).hasMessageContaining("interrupted");
    }

    @Test
    void once_it_is_over_the_next_is_a_new_attempt() throws Exception {
        assertThat(attempts.run("key", made::incrementAndGet)).isEqualTo(1);
        assertThat(attempts.run("key", made::incrementAndGet)).isEqualTo(2);
    }

    private record Asked(Thread waiter, CompletableFuture<Integer> outcome) {}

    private Asked asked(SharedAttempts.Attempt<Integer> attempt) {
        CompletableFuture<Integer> outcome = new CompletableFuture<>();
        Thread waiter =
                Thread.ofVirtual()
                        .start(
                                () -> {
                                    try {
                                        outcome.complete(attempts.run("key", attempt));
                                    } catch (IOException e) {
                                        outcome.completeExceptionally(e);
                                    }
                                });
        return new Asked(waiter, outcome);
    }

    private int waited(CountDownLatch latch) throws InterruptedIOException {
        int number = made.incrementAndGet();
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new InterruptedIOException("interrupted");
        }
        return number;
    }
}
