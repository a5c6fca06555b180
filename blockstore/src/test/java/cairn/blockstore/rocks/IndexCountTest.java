package cairn.blockstore.rocks;

import static org.assertj.core.api.Assertions.assertThat;

import cairn.blockstore.Pin;
import cairn.blockstore.TestBlocks;
import cairn.blockstore.WriteSession;
import cairn.blockstore.database.Database;
import cairn.multiformats.Block;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The count of blocks is what one gets who counts them, after all that changes the index.
final class IndexCountTest {
    private static final BulkWriter.Sizes SIZES = new BulkWriter.Sizes(64 << 10, 256 << 10);

    @TempDir Path temp;
    private final Random random = new Random(11);

    /// Counts one by one.
    static long counted(RocksStore store) throws IOException {
        AtomicLong count = new AtomicLong();
        store.blocks()
                .forEach(
                        (hash, size) -> {
                            count.incrementAndGet();
                            return true;
                        });
        return count.get();
    }

    private RocksStore open() throws IOException {
        return RocksStore.open(temp, SIZES);
    }

    @Test
    void a_new_store_has_none() throws Exception {
        try (RocksStore store = open()) {
            assertThat(store.count()).isZero();
        }
    }

    @Test
    void blocks_by_log_and_in_bulk_put_twice_and_deleted() throws Exception {
        List<Block> small = TestBlocks.random(random, 20, 100);
        List<Block> large = TestBlocks.random(random, 20, 40_000);
        try (RocksStore store = open()) {
            store.blocks().putAll(small);
            store.blocks().putAll(large);
            store.blocks().putAll(small);
            store.blocks().putAll(large);
            assertThat(store.count()).isEqualTo(40);
            for (Block block : List.of(small.get(3), large.get(4), small.get(3)))
                store.blocks().delete(block.cid().hash());
            assertThat(store.count()).isEqualTo(38).isEqualTo(counted(store));
            store.blocks().put(small.get(3));
            assertThat(store.count()).isEqualTo(39);
        }
        try (RocksStore store = RocksStore.openReadOnly(temp)) {
            assertThat(store.count()).isEqualTo(39);
        }
    }

    /// Each thread puts the same blocks in another order; some are deleted and collected meanwhile.
    @Test
    void many_at_once_with_the_same_blocks() throws Exception {
        List<Block> blocks = new ArrayList<>(TestBlocks.random(random, 300, 2_000));
        blocks.addAll(TestBlocks.random(random, 20, 30_000));
        try (RocksStore store = open();
                ExecutorService pool = Executors.newFixedThreadPool(5)) {
            List<Callable<Void>> tasks = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                Random own = new Random(t);
                tasks.add(
                        () -> {
                            List<Block> mine = new ArrayList<>(blocks);
                            for (int round = 0; round < 20; round++) {
                                Collections.shuffle(mine, own);
                                write(store, mine.subList(0, 1 + own.nextInt(mine.size())));
                                store.blocks().delete(mine.getFirst().cid().hash());
                            }
                            return null;
                        });
            }
            tasks.add(
                    () -> {
                        for (int round = 0; round < 10; round++)
                            try (GarbageCollection collection = store.collect()) {
                                collection.sweep((hash, length) -> {});
                            }
                        return null;
                    });
            for (Future<Void> done : pool.invokeAll(tasks)) done.get();
            assertThat(store.count()).isEqualTo(counted(store));
        }
    }

    private static void write(RocksStore store, List<Block> blocks) throws IOException {
        try (WriteSession session = store.blocks().openSession()) {
            for (Block block : blocks) session.put(block);
            session.commit(List.of());
        }
    }

    @Test
    void a_store_of_version_1_is_counted_when_it_is_opened_for_writing() throws Exception {
        List<Block> blocks = TestBlocks.random(random, 30, 5_000);
        Pin pin = new Pin(blocks.getFirst().cid(), Pin.Mode.DIRECT, "old");
        try (RocksStore store = open()) {
            store.blocks().putAll(blocks);
            store.pins().add(List.of(pin));
            store.downgrade();
        }
        try (RocksStore old = RocksStore.openReadOnly(temp)) {
            assertThat(old.version()).isEqualTo(1);
            assertThat(old.count()).isEqualTo(30);
        }
        try (RocksStore store = open()) {
            assertThat(store.version()).isEqualTo(2);
            assertThat(store.count()).isEqualTo(30);
            store.blocks().put(TestBlocks.random(random, 10));
            assertThat(store.count()).isEqualTo(31);
            assertThat(store.pins().get(pin.cid())).hasValue(pin);
        }
    }

    @Test
    void a_store_that_went_back_to_version_1_holds_no_merges() throws Exception {
        try (RocksStore store = open()) {
            store.blocks().putAll(TestBlocks.random(random, 30, 5_000));
            store.downgrade();
        }
        try (Database database = Database.openReadOnly(temp)) {
            long merges =
                    database.run(
                            "list tables",
                            tables ->
                                    tables
                                            .db()
                                            .getPropertiesOfAllTables(tables.meta())
                                            .values()
                                            .stream()
                                            .mapToLong(p -> p.getNumMergeOperands())
                                            .sum());
            assertThat(merges).isZero();
        }
    }
}
