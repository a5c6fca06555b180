package cairn.dag.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OrderedWorkTest {
    private final List<Integer> taken = new ArrayList<>();

    @Test
    void results_and_steps_come_in_the_order_in_which_they_were_given() throws Exception {
        try (OrderedWork work = new OrderedWork()) {
            for (int i = 0; i < 9000; i += 3) {
                int n = i;
                work.give(1, () -> n, taken::add);
                work.then(() -> taken.add(n + 1));
                work.give(1, () -> n + 2, taken::add);
            }
            work.drain();
        }
        assertThat(taken).isEqualTo(IntStream.range(0, 9000).boxed().toList());
    }

    @Test
    void one_piece_alone_is_done_by_the_owner() throws Exception {
        try (OrderedWork work = new OrderedWork()) {
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                work.give(1, Thread::currentThread, threads::add);
                work.drain();
            }
            assertThat(threads).containsOnly(Thread.currentThread());
        }
    }

    @Test
    void pieces_hold_at_most_32_MiB_and_are_at_most_1024() throws Exception {
        for (long size : new long[] {0, 1000, 1 << 20, 20 << 20, 40 << 20}) {
            AtomicLong held = new AtomicLong();
            AtomicInteger pieces = new AtomicInteger();
            long most = Math.max(size, OrderedWork.MAX_BYTES);
            try (OrderedWork work = new OrderedWork()) {
                for (int i = 0; i < 3000; i++) {
                    work.give(
                            size,
                            () -> true,
                            _ -> {
                                held.addAndGet(-size);
                                pieces.decrementAndGet();
                            });
                    assertThat(held.addAndGet(size)).isLessThanOrEqualTo(most);
                    assertThat(pieces.incrementAndGet()).isLessThanOrEqualTo(1024);
                }
                work.drain();
            }
            assertThat(held).hasValue(0);
        }
    }

    @Test
    void workers_run_beside_the_owner() throws Exception {
        try (OrderedWork work = new OrderedWork()) {
            CountDownLatch second = new CountDownLatch(1);
            // The first ends only when another thread has done the second.
            work.give(
                    1,
                    () -> {
                        second.await();
                        return 1;
                    },
                    taken::add);
            work.give(
                    1,
                    () -> {
                        second.countDown();
                        return 2;
                    },
                    taken::add);
            work.drain();
        }
        assertThat(taken).containsExactly(1, 2);
    }

    @Test
    void a_failure_is_thrown_as_it_is_and_for_good() throws Exception {
        try (OrderedWork work = new OrderedWork()) {
            IOException failure = new IOException("broken");
            work.give(
                    1,
                    () -> {
                        throw failure;
                    },
                    _ -> taken.add(1));
            assertThatThrownBy(work::drain).isSameAs(failure);
            assertThatThrownBy(() -> work.give(1, () -> 2, taken::add)).isSameAs(failure);
        }
        assertThat(taken).isEmpty();
    }
}
