package cairn.libp2p.bandwidth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ThrottleTest {
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    private Future<?> pass(Throttle throttle, int bytes, AtomicBoolean ended) {
        return threads.submit(
                () -> {
                    throttle.pass(bytes, ended::get);
                    return null;
                });
    }

    private Future<?> pass(Throttle throttle, int bytes) {
        return pass(throttle, bytes, new AtomicBoolean());
    }

    @Test
    void without_a_rate_nothing_waits() throws Exception {
        Throttle throttle = new Throttle(0, System::nanoTime);
        for (int i = 0; i < 100_000; i++) throttle.pass(Integer.MAX_VALUE, () -> false);
    }

    @Test
    void threads_pass_at_the_rate_between_them() throws Exception {
        int rate = 1_000_000;
        Throttle throttle = new Throttle(rate, System::nanoTime);
        long began = System.nanoTime();
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < 10; i++) all.add(pass(throttle, rate / 5));
        for (Future<?> one : all) one.get();
        double seconds = (System.nanoTime() - began) / 1e9;
        // Two seconds' worth, of which the first tenth is there at once.
        assertThat(seconds).isGreaterThan(1.89).isCloseTo(1.9, within(1.0));
    }

    @Test
    void a_small_write_does_not_wait_for_all_of_a_large_one() throws Exception {
        Throttle throttle = new Throttle(100_000, System::nanoTime);
        Future<?> large = pass(throttle, 100_000_000);
        await().until(() -> throttle.waiting() == 1);
        pass(throttle, 1000).get();
        assertThat(large.isDone()).isFalse();
    }

    @Test
    void threads_that_wait_are_served_alike() throws Exception {
        Throttle throttle = new Throttle(1_000_000, System::nanoTime);
        List<AtomicLong> passed = new ArrayList<>();
        List<Future<?>> users = new ArrayList<>();
        AtomicBoolean ended = new AtomicBoolean();
        for (int i = 0; i < 4; i++) {
            AtomicLong mine = new AtomicLong();
            passed.add(mine);
            int piece = i == 0 ? 400_000 : 100_000;
            users.add(
                    threads.submit(
                            () -> {
                                while (!ended.get()) {
                                    throttle.pass(piece, ended::get);
                                    mine.addAndGet(piece);
                                }
                                return null;
                            }));
        }
        await().until(() -> passed.getFirst().get() >= 400_000);
        ended.set(true);
        throttle.wake();
        assertThat(users).hasSize(4);
        for (AtomicLong one : passed) assertThat(one.get()).isBetween(200_000L, 600_000L);
    }

    @Test
    void those_who_wait_go_by_a_new_rate_at_once() throws Exception {
        Throttle throttle = new Throttle(1, System::nanoTime);
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < 5; i++) all.add(pass(throttle, 1_000_000));
        await().until(() -> throttle.waiting() == 5);
        throttle.rate(100_000_000);
        all.getFirst().get();
        throttle.rate(0);
        for (Future<?> one : all) one.get();
        assertThat(throttle.waiting()).isZero();
    }

    @Test
    void closing_ends_the_wait_of_one_and_lets_the_others_on() throws Exception {
        Throttle throttle = new Throttle(10_000, System::nanoTime);
        AtomicBoolean ended = new AtomicBoolean();
        Future<?> gone = pass(throttle, 1_000_000, ended);
        await().until(() -> throttle.waiting() == 1);
        Future<?> next = pass(throttle, 500);
        ended.set(true);
        throttle.wake();
        assertThatThrownBy(gone::get)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(IOException.class);
        next.get();
        assertThat(throttle.waiting()).isZero();
    }

    @Test
    void an_interrupt_ends_the_wait() {
        Throttle throttle = new Throttle(1, System::nanoTime);
        AtomicBoolean still = new AtomicBoolean();
        List<Throwable> failures = new ArrayList<>();
        Thread waiting =
                Thread.startVirtualThread(
                        () -> {
                            try {
                                throttle.pass(1000, () -> false);
                            } catch (IOException e) {
                                failures.add(e);
                                still.set(Thread.currentThread().isInterrupted());
                            }
                        });
        await().until(() -> throttle.waiting() == 1);
        waiting.interrupt();
        await().atMost(Duration.ofSeconds(10)).until(() -> !waiting.isAlive());
        assertThat(failures).hasOnlyElementsOfType(InterruptedIOException.class).hasSize(1);
        assertThat(still).isTrue();
    }
}
