package cairn.blockstore.rocks;

import cairn.blockstore.WriteSession;

import static org.assertj.core.api.Assertions.assertThat;

import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import cairn.multiformats.Multihash;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A process that adds, unpins and collects is killed at random moments, many times. Nothing that
/// is pinned is lost, and a last collection leaves nothing else: neither in the index nor on disk.
///
/// `-Dcairn.kill.seconds` says for how long, `-Dcairn.kill.seed` repeats a run's sequence.
final class CollectionKillTest {
    private static final BulkWriter.Sizes SIZES = new BulkWriter.Sizes(64 << 10, 1 << 20);

    @TempDir Path temp;

    @Test
    void kill_at_any_moment_loses_nothing_pinned_and_leaves_nothing_for_good() throws Exception {
        long seed = Long.getLong("cairn.kill.seed", System.nanoTime());
        long seconds = Long.getLong("cairn.kill.seconds", 12);
        Path data = temp.resolve("data");
        ChildJvm jvm = new ChildJvm(Files.createDirectory(temp.resolve("lib")));
        Random random = new Random(seed);
        Map<Cid, GeneratedSession> sessions = new HashMap<>();
        int rounds = 0;
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        for (; System.nanoTime() < end; rounds++) {
            Process worker = jvm.start(List.of(), Worker.class, data, random.nextLong());
            kill(worker, random.nextInt(700), sessions);
            try (RocksStore store = RocksStore.open(data, SIZES)) {
                checkPinned(store, sessions);
            }
        }
        System.out.printf("CollectionKillTest: seed %d, %d kills%n", seed, rounds);
        try (RocksStore store = RocksStore.open(data, SIZES)) {
            Worker.collect(store, sessions);
            Set<Multihash> wanted = checkPinned(store, sessions);
            Set<Multihash> found = new HashSet<>();
            store.blocks().forEach((hash, size) -> found.add(hash));
            assertThat(found).as("blocks with seed " + seed).isEqualTo(wanted);
            long live = 0;
            for (Multihash hash : wanted) live += store.blocks().size(hash).orElseThrow();
            // The log and the database's own files.
            assertThat(disk(data)).isLessThan(live + live / 10 + (20 << 20));
        }
    }

    /// Lets a process run for a while, once it has said that it works.
    private static void kill(Process worker, int millis, Map<Cid, GeneratedSession> sessions)
            throws Exception {
        try (BufferedReader out = worker.inputReader()) {
            assertThat(ChildJvm.line(out)).hasValue("OPEN");
            Thread killer =
                    Thread.startVirtualThread(
                            () -> {
                                try {
                                    assertThat(worker.waitFor(millis, TimeUnit.MILLISECONDS))
                                            .isFalse();
                                } catch (InterruptedException e) {
                                    Thread.currentThread().interrupt();
                                } finally {
                                    worker.toHandle().destroyForcibly();
                                }
                            });
            for (Optional<String> line = ChildJvm.line(out);
                    line.isPresent();
                    line = ChildJvm.line(out))
                if (line.get().endsWith(".")) {
                    String number = line.get().substring(0, line.get().length() - 1);
                    GeneratedSession session = GeneratedSession.of(Long.parseLong(number));
                    sessions.put(session.pin().cid(), session);
                }
            killer.join();
            worker.waitFor();
        }
    }

    /// @return the blocks of all pins
    private static Set<Multihash> checkPinned(RocksStore store, Map<Cid, GeneratedSession> sessions)
            throws IOException {
        Set<Multihash> blocks = new HashSet<>();
        store.pins()
                .forEach(
                        pin -> {
                            for (Block block : sessions.get(pin.cid()).blocks()) {
                                blocks.add(block.cid().hash());
                                assertThat(store.blocks().get(block.cid()).map(Block::bytes))
                                        .hasValueSatisfying(
                                                b -> assertThat(b).isEqualTo(block.bytes()));
                            }
                            return true;
                        });
        return blocks;
    }

    private static long disk(Path data) throws IOException {
        long bytes = 0;
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.toList())
                if (Files.isRegularFile(file)) bytes += Files.size(file);
        }
        return bytes;
    }

    /// Says which session it adds before it does, adds it, unpins most of the older ones, and
    /// collects, until it is killed.
    static final class Worker {
        private Worker() {}

        public static void main(String[] args) throws Exception {
            Random seeds = new Random(Long.parseLong(args[1]));
            try (RocksStore store = RocksStore.open(Path.of(args[0]), SIZES)) {
                // What an earlier process left can't be marked without its sessions.
                List<Cid> old = new ArrayList<>();
                store.pins().forEach(pin -> old.add(pin.cid()));
                store.pins().remove(old);
                System.out.println("OPEN");
                Map<Cid, GeneratedSession> sessions = new HashMap<>();
                while (true) {
                    for (int i = 0; i < 4; i++) add(store, seeds, sessions);
                    collect(store, sessions);
                }
            }
        }

        private static void add(RocksStore store, Random seeds, Map<Cid, GeneratedSession> sessions)
                throws IOException {
            GeneratedSession generated = GeneratedSession.of(seeds.nextLong());
            System.out.println(generated.seed() + ".");
            sessions.put(generated.pin().cid(), generated);
            try (WriteSession session = store.blocks().openSession()) {
                for (Block block : generated.blocks()) session.put(block);
                // The first block in hand keeps the others in this test; one in four stays pinned.
                session.commit(List.of(generated.pin()));
            }
            if (seeds.nextInt(4) > 0) store.pins().remove(List.of(generated.pin().cid()));
        }

        static void collect(RocksStore store, Map<Cid, GeneratedSession> sessions)
                throws IOException {
            try (GarbageCollection collection =
                    store.collect(new GarbageCollection.Terms(16, Long.MAX_VALUE))) {
                store.pins()
                        .forEach(
                                pin -> {
                                    for (Block block : sessions.get(pin.cid()).blocks())
                                        collection.keep(block.cid());
                                    return true;
                                });
                collection.sweep((hash, length) -> {});
            }
        }
    }
}
