package cairn.blockstore.rocks;

import cairn.blockstore.TestBlocks;

import cairn.blockstore.Blockstore;
import cairn.blockstore.HashingBlockstore;
import cairn.blockstore.WriteSession;

import static org.assertj.core.api.Assertions.assertThat;

import cairn.multiformats.Block;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A writer is killed at random moments, many times; nothing that it acknowledged is lost.
///
/// `-Dcairn.kill.seconds` says for how long, `-Dcairn.kill.seed` repeats a run's sequence.
final class KillTest {
    private static final Duration OPENS_WITHIN = Duration.ofSeconds(5);

    /// Small files, so that a round sees many of them.
    private static final BulkWriter.Sizes SIZES = new BulkWriter.Sizes(64 << 10, 1 << 20);

    @TempDir Path temp;

    @Test
    void kill_at_any_moment_loses_nothing_acknowledged() throws Exception {
        long seed = Long.getLong("cairn.kill.seed", System.nanoTime());
        long seconds = Long.getLong("cairn.kill.seconds", 15);
        Path data = temp.resolve("data");
        ChildJvm jvm = new ChildJvm(Files.createDirectory(temp.resolve("lib")));
        Random random = new Random(seed);
        List<Long> all = new ArrayList<>();
        int rounds = 0;
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        for (; System.nanoTime() < end; rounds++) {
            List<Long> acknowledged = round(jvm, data, random);
            checkStore(data, acknowledged);
            all.addAll(acknowledged);
        }
        checkStore(data, all);
        System.out.printf(
                "KillTest: seed %d, %d kills, %d sessions acknowledged%n",
                seed, rounds, all.size());
        assertThat(all).as("sessions acknowledged with seed " + seed).isNotEmpty();
    }

    /// Runs a writer for a random time.
    ///
    /// @return the seeds of the sessions that it acknowledged
    private static List<Long> round(ChildJvm jvm, Path data, Random random) throws Exception {
        boolean early = random.nextInt(6) == 0;
        int millis = random.nextInt(early ? 400 : 500);
        Process writer = jvm.start(List.of(), Writer.class, data, random.nextLong());
        List<Long> acknowledged = new ArrayList<>();
        try (BufferedReader out = writer.inputReader()) {
            if (!early) assertThat(ChildJvm.line(out)).hasValue("OPEN");
            Thread killer =
                    Thread.startVirtualThread(
                            () -> {
                                try {
                                    assertThat(writer.waitFor(millis, TimeUnit.MILLISECONDS))
                                            .isFalse();
                                } catch (InterruptedException e) {
                                    Thread.currentThread().interrupt();
                                } finally {
                                    // The process itself would close its output too.
                                    writer.toHandle().destroyForcibly();
                                }
                            });
            for (Optional<String> line = ChildJvm.line(out);
                    line.isPresent();
                    line = ChildJvm.line(out)) {
                if (line.get().startsWith("ACK ") && line.get().endsWith("."))
                    acknowledged.add(
                            Long.valueOf(line.get().substring(4, line.get().length() - 1)));
            }
            killer.join();
            writer.waitFor();
        }
        return acknowledged;
    }

    private static void checkStore(Path data, List<Long> seeds) throws IOException {
        long start = System.nanoTime();
        try (RocksStore store = RocksStore.open(data, SIZES)) {
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(OPENS_WITHIN);
            try (Stream<Path> leftovers = Files.list(data.resolve("staging"))) {
                assertThat(leftovers).isEmpty();
            }
            assertThat(store.count()).isEqualTo(IndexCountTest.counted(store));
            Blockstore blocks = new HashingBlockstore(store.blocks(), TestBlocks.HASHES);
            for (long seed : seeds) {
                GeneratedSession session = GeneratedSession.of(seed);
                assertThat(store.pins().get(session.pin().cid())).hasValue(session.pin());
                for (Block block : session.blocks())
                    assertThat(blocks.get(block.cid()).map(Block::bytes))
                            .as("block " + block + " of session " + seed)
                            .hasValueSatisfying(b -> assertThat(b).isEqualTo(block.bytes()));
            }
            store.pins()
                    .forEach(
                            pin -> {
                                assertThat(blocks.get(pin.cid())).as("pinned").isPresent();
                                return true;
                            });
        }
    }

    /// Writes sessions from two threads, acknowledging each, until it is killed.
    static final class Writer {
        private Writer() {}

        public static void main(String[] args) throws Exception {
            Random seeds = new Random(Long.parseLong(args[1]));
            try (RocksStore store = RocksStore.open(Path.of(args[0]), SIZES)) {
                System.out.println("OPEN");
                ConcurrentLinkedQueue<Throwable> errors = new ConcurrentLinkedQueue<>();
                List<Thread> threads = new ArrayList<>();
                for (int i = 0; i < 2; i++) {
                    Random own = new Random(seeds.nextLong());
                    threads.add(
                            Thread.ofPlatform()
                                    .uncaughtExceptionHandler((t, e) -> errors.add(e))
                                    .start(() -> writeForever(store, own)));
                }
                for (Thread thread : threads) thread.join();
                throw new IllegalStateException("writers ended: " + errors);
            }
        }

        private static void writeForever(RocksStore store, Random seeds) {
            while (true) {
                GeneratedSession generated = GeneratedSession.of(seeds.nextLong());
                try (WriteSession session = store.blocks().openSession()) {
                    for (Block block : generated.blocks()) session.put(block);
                    session.commit(List.of(generated.pin()));
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
                System.out.println("ACK " + generated.seed() + ".");
            }
        }
    }
}
