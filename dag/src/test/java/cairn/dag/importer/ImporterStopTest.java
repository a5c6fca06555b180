package cairn.dag.importer;

import cairn.dag.tree.ImportSource;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import cairn.dag.BlockSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ImporterStopTest {
    private static final int FILES = 400;

    @TempDir Path dir;

    private final TestImport run = new TestImport();

    @BeforeEach
    void fill() throws IOException {
        for (int i = 0; i < FILES; i++) Files.writeString(dir.resolve("f" + i), "file " + i);
    }

    @AfterEach
    void no_thread_is_left() {
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("ordered-work");
    }

    @Test
    void a_failure_of_the_sink_stops_the_import() throws Exception {
        AtomicInteger puts = new AtomicInteger();
        BlockSink full =
                _ -> {
                    if (puts.incrementAndGet() >= 10) throw new IOException("disk full");
                };
        try (Importer importer = run.importer(full)) {
            assertThatThrownBy(() -> importer.importOne(ImportSource.path(dir)))
                    .isInstanceOf(IOException.class)
                    .hasMessage("disk full");
        }
        assertThat(puts).hasValueLessThan(FILES);
    }

    @Test
    void an_interrupt_stops_the_import() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        BlockSink stuck =
                _ -> {
                    started.countDown();
                    waitForInterrupt();
                };
        FutureTask<Throwable> task =
                new FutureTask<>(
                        () -> {
                            try (Importer importer = run.importer(stuck)) {
                                return catchThrowable(
                                        () -> importer.importOne(ImportSource.path(dir)));
                            }
                        });
        Thread importing = Thread.ofPlatform().start(task);
        started.await();
        importing.interrupt();
        assertThat(task.get())
                .isInstanceOfAny(InterruptedException.class, SinkInterruptedException.class);
    }

    @Test
    void closing_stops_the_import_from_another_thread() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        BlockSink stuck =
                _ -> {
                    if (!Thread.currentThread().getName().equals("ordered-work")) return;
                    started.countDown();
                    waitForInterrupt();
                };
        Importer importer = run.importer(stuck);
        FutureTask<Throwable> task =
                new FutureTask<>(
                        () -> catchThrowable(() -> importer.importOne(ImportSource.path(dir))));
        Thread importing = Thread.ofPlatform().start(task);
        started.await();
        importer.close();
        assertThat(task.get()).isInstanceOf(IOException.class);
        importing.join();
    }

    @Test
    void a_closed_importer_imports_nothing() throws Exception {
        Importer importer = run.importer(run);
        importer.close();
        assertThatThrownBy(() -> importer.importOne(ImportSource.path(dir)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("closed");
    }

    private static final class SinkInterruptedException extends IOException {
        private static final long serialVersionUID = 1L;
    }

    private static void waitForInterrupt() throws IOException {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            throw new SinkInterruptedException();
        }
    }
}
