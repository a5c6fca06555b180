package cairn.blockstore.rocks;

import static org.assertj.core.api.Assertions.assertThat;

import cairn.blockstore.TestBlocks;
import cairn.blockstore.WriteSession;
import cairn.blockstore.upkeep.StoreCopy;
import cairn.multiformats.Block;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Copies of a store that is written to meanwhile.
final class StoreCopyTest {
    private static final int COPIES = 8;
    private static final BulkWriter.Sizes SIZES = new BulkWriter.Sizes(64 << 10, 1 << 20);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir Path temp;

    /// Two threads write sessions, and one collects all that isn't theirs.
    @Test
    void a_copy_beside_writers_and_collections_is_whole_and_has_all_that_was_acknowledged()
            throws Exception {
        Path data = temp.resolve("data");
        AtomicBoolean over = new AtomicBoolean();
        Queue<GeneratedSession> acknowledged = new ConcurrentLinkedQueue<>();
        try (RocksStore store = RocksStore.open(data, SIZES);
                ExecutorService pool = Executors.newFixedThreadPool(3)) {
            List<Future<?>> tasks = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                Random seeds = new Random(i);
                tasks.add(
                        pool.submit(
                                () -> {
                                    while (!over.get()) write(store, seeds, acknowledged);
                                    return null;
                                }));
            }
            tasks.add(
                    pool.submit(
                            () -> {
                                while (!over.get()) collect(store);
                                return null;
                            }));
            try {
                for (int i = 0; i < COPIES; i++) {
                    List<GeneratedSession> before = List.copyOf(acknowledged);
                    Path copy = temp.resolve("copy" + i);
                    StoreCopy.run(data, copy, PATIENCE, bytes -> {});
                    check(copy, before);
                }
            } finally {
                over.set(true);
            }
            for (Future<?> task : tasks) task.get();
        }
        try (RocksStore store = RocksStore.open(data, SIZES)) {
            VerifiedWhole.check(store);
        }
    }

    private static void write(RocksStore store, Random seeds, Queue<GeneratedSession> acknowledged)
            throws IOException {
        GeneratedSession generated = GeneratedSession.of(seeds.nextLong());
        try (WriteSession session = store.blocks().openSession()) {
            for (Block block : generated.blocks()) session.put(block);
            session.commit(List.of(generated.pin()));
        }
        if (acknowledged.size() < 200) acknowledged.add(generated);
    }

    private static void collect(RocksStore store) throws IOException {
        try (GarbageCollection collection = store.collect()) {
            store.pins()
                    .forEach(
                            pin -> {
                                long seed = Long.parseLong(pin.name().substring(8));
                                for (Block block : GeneratedSession.of(seed).blocks())
                                    collection.keep(block.cid());
                                return true;
                            });
            collection.sweep((hash, length) -> {});
        }
    }

    /// Writes to the copy too: what it shares with the original must not change by that.
    private static void check(Path copy, List<GeneratedSession> sessions) throws IOException {
        try (RocksStore store = RocksStore.open(copy, SIZES)) {
            VerifiedWhole.check(store);
            assertThat(store.count()).isEqualTo(IndexCountTest.counted(store));
            for (GeneratedSession session : sessions) {
                assertThat(store.pins().get(session.pin().cid())).hasValue(session.pin());
                for (Block block : session.blocks())
                    assertThat(store.blocks().has(block.cid().hash())).isTrue();
            }
            store.blocks().putAll(TestBlocks.random(new Random(5), 30, 10_000));
        }
    }

    @Test
    void a_copy_shares_its_tables_with_the_store_and_leaves_out_locks_and_leftovers()
            throws Exception {
        Path data = temp.resolve("data");
        try (RocksStore store = RocksStore.open(data, SIZES)) {
            store.blocks().putAll(TestBlocks.random(new Random(1), 100, 20_000));
        }
        Path copy = temp.resolve("copy");
        long bytes = StoreCopy.run(data, copy, PATIENCE, copied -> {});
        assertThat(bytes).isGreaterThan(2_000_000);
        try (var tables = Files.newDirectoryStream(copy, "*.sst")) {
            for (Path table : tables)
                assertThat(Files.isSameFile(table, data.resolve(table.getFileName()))).isTrue();
        }
        assertThat(copy.resolve("LOCK")).doesNotExist();
        assertThat(copy.resolve("staging")).doesNotExist();
    }
}
