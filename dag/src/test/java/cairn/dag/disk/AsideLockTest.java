package cairn.dag.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

class AsideLockTest {
    private static final int THREADS = 8;
    private static final int TRIES = 20_000;

    @TempDir Path folder;

    private AsideLock take() throws IOException {
        return AsideLock.take(folder.resolve("lock"), folder.resolve("target"));
    }

    @Test
    void a_second_run_is_refused_and_changes_nothing() throws IOException {
        try (AsideLock _ = take()) {
            for (int i = 0; i < 2; i++)
                assertThatThrownBy(this::take)
                        .isInstanceOf(DiskException.class)
                        .hasMessageContaining("another run is writing the same");
            assertThat(folder.resolve("lock")).exists();
        }
        take().close();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void what_a_killed_run_left_is_taken_and_removed() throws IOException {
        Files.write(folder.resolve("lock"), new byte[100]);
        take().close();
        assertThat(folder).isEmptyDirectory();
    }

    /// The file is made and deleted all the time: one that is locked may be another by then.
    @Test
    void one_at_a_time_holds_it() throws Exception {
        AtomicInteger holders = new AtomicInteger();
        AtomicInteger taken = new AtomicInteger();
        AtomicInteger both = new AtomicInteger();
        Callable<Void> taker =
                () -> {
                    for (int i = 0; i < TRIES; i++) {
                        try (AsideLock _ = take()) {
                            if (holders.incrementAndGet() > 1) both.incrementAndGet();
                            taken.incrementAndGet();
                            Thread.onSpinWait();
                            holders.decrementAndGet();
                        } catch (DiskException e) {
                            Thread.onSpinWait();
                        }
                    }
                    return null;
                };
        List<Future<Void>> runs = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(THREADS)) {
            for (int i = 0; i < THREADS; i++) runs.add(threads.submit(taker));
        }
        for (Future<Void> run : runs) run.get();
        assertThat(taken.get()).isPositive();
        assertThat(both).hasValue(0);
    }
}
