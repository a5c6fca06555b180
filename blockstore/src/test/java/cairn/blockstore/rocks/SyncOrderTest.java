package cairn.blockstore.rocks;

import cairn.blockstore.TestBlocks;

import cairn.blockstore.Pin;
import cairn.blockstore.WriteSession;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cairn.multiformats.Block;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A trace of a writer's system calls proves that what it acknowledged was on disk before: a kill
/// alone would not, as it keeps the page cache.
final class SyncOrderTest {
    private static final String CALLS =
            "trace=openat,write,pwrite64,writev,pwritev,fsync,fdatasync,rename,renameat,renameat2,"
                    + "link,linkat,unlink,unlinkat";

    @TempDir Path temp;

    /// Through the log alone; one bulk file; several of them and a rest that goes through the log.
    @ParameterizedTest(name = "{0} blocks of {1} bytes")
    @CsvSource({"1, 2000", "3, 400000", "41, 100000"})
    void blocks_their_files_and_folders_are_synced_before_the_pin_is_written(int count, int size)
            throws Exception {
        SyncTrace trace = trace(Session.class, count, size);
        List<SyncTrace.Moment> acknowledgements = trace.moments("ACK");
        assertThat(acknowledgements).hasSize(2);
        for (SyncTrace.Moment moment : acknowledgements) {
            assertThat(moment.files()).as("files in the data folder").isNotEmpty();
            assertThat(moment.unsynced()).as("not on disk at the acknowledgement").isEmpty();
        }
        if (count > 1) {
            SyncTrace.Moment pin = trace.lastLogWriteBefore(acknowledgements.getFirst());
            assertThat(pin.files()).anyMatch(file -> file.endsWith(".sst"));
            assertThat(pin.unsynced())
                    .as("files of blocks that are not on disk when the pin is written")
                    .noneMatch(file -> file.endsWith(".sst") || file.contains("MANIFEST"));
        }
    }

    @Test
    void commit_makes_durable_what_it_found_there_unsynced() throws Exception {
        SyncTrace trace = trace(Relying.class, 0, 0);
        assertThat(trace.moments("LOGGED"))
                .singleElement()
                .satisfies(m -> assertThat(m.unsynced()).isNotEmpty());
        assertThat(trace.moments("ACK"))
                .singleElement()
                .satisfies(m -> assertThat(m.unsynced()).isEmpty());
    }

    @Test
    void concurrent_puts_share_syncs() throws Exception {
        SyncTrace trace = trace(ManyPuts.class, 0, 0);
        assertThat(trace.moments("ACK")).hasSize(1);
        assertThat(trace.logSyncs()).isBetween(1, ManyPuts.PUTS / 3);
    }

    private SyncTrace trace(Class<?> main, int count, int size) throws Exception {
        Path trace = temp.resolve("trace");
        List<String> strace = List.of("strace", "-f", "-y", "-s", "16", "-o", trace.toString());
        assumeTrue(canTrace(), "strace is not here, or may not trace");
        Path data = temp.resolve("data");
        List<String> command = new ArrayList<>(strace);
        command.addAll(List.of("-e", CALLS));
        Process child =
                new ChildJvm(Files.createDirectory(temp.resolve("lib")))
                        .start(command, main, data, count, size);
        child.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
        assertThat(child.waitFor()).isZero();
        return SyncTrace.read(trace, data);
    }

    private static boolean canTrace() throws InterruptedException {
        try {
            return new ProcessBuilder("strace", "-f", "-o", "/dev/null", "true")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /// Commits two sessions with a pin each and acknowledges both.
    static final class Session {
        private Session() {}

        public static void main(String[] args) throws Exception {
            int count = Integer.parseInt(args[1]);
            int size = Integer.parseInt(args[2]);
            Random random = new Random(3);
            try (RocksStore store =
                    RocksStore.open(Path.of(args[0]), new BulkWriter.Sizes(1 << 20, 2 << 20))) {
                for (int round = 0; round < 2; round++) {
                    List<Block> blocks = TestBlocks.random(random, count, size);
                    try (WriteSession session = store.blocks().openSession()) {
                        for (Block block : blocks) session.put(block);
                        session.commit(
                                List.of(new Pin(blocks.getFirst().cid(), Pin.Mode.RECURSIVE, "")));
                    }
                    System.out.println("ACK");
                }
            }
        }
    }

    /// Commits a session without pins or blocks of its own, all of which another, still open one
    /// has brought.
    static final class Relying {
        private Relying() {}

        public static void main(String[] args) throws Exception {
            List<Block> blocks = TestBlocks.random(new Random(7), 3, 50_000);
            try (RocksStore store =
                            RocksStore.open(Path.of(args[0]), new BulkWriter.Sizes(1000, 150_000));
                    WriteSession open = store.blocks().openSession();
                    WriteSession relying = store.blocks().openSession()) {
                for (Block block : blocks) open.put(block);
                while (!store.blocks().has(blocks.getLast().cid().hash())) Thread.onSpinWait();
                System.out.println("LOGGED");
                for (Block block : blocks) relying.put(block);
                relying.commit(List.of());
                System.out.println("ACK");
            }
        }
    }

    /// Puts single blocks from many virtual threads.
    static final class ManyPuts {
        static final int PUTS = 400;

        private ManyPuts() {}

        public static void main(String[] args) throws Exception {
            List<Block> blocks = TestBlocks.random(new Random(4), PUTS, 500);
            try (RocksStore store = RocksStore.open(Path.of(args[0]));
                    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<?>> puts = new ArrayList<>();
                for (Block block : blocks)
                    puts.add(
                            threads.submit(
                                    () -> {
                                        store.blocks().put(block);
                                        return null;
                                    }));
                for (Future<?> put : puts) put.get();
                System.out.println("ACK");
            }
        }
    }
}
