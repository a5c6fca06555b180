package cairn.blockstore.rocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cairn.blockstore.Pin;
import cairn.blockstore.StoreFullException;
import cairn.blockstore.TestBlocks;
import cairn.blockstore.WriteSession;
import cairn.multiformats.Block;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a store may take of its disk, and what happens past that.
final class LimitsTest {
    private static final long MIB = 1L << 20;

    /// What the database may write beside blocks: its logs, what it keeps in them and in tables at
    /// once, and what it notes of files.
    private static final long SLACK = 2 * MIB;

    @TempDir Path dir;
    private final Random random = new Random(9);

    private RocksStore open(long bytes) throws IOException {
        return RocksStore.open(
                dir.resolve("store"), new Limits(bytes, 0), new BulkWriter.Sizes(MIB, 4 * MIB));
    }

    private long bytes() throws IOException {
        try (Stream<Path> files = Files.walk(dir)) {
            long bytes = 0;
            for (Path file : files.toList()) bytes += Room.size(file); // sessions end meanwhile
            return bytes;
        }
    }

    /// Puts sessions of blocks until one is refused.
    ///
    /// @return the blocks of those that were taken
    private List<Block> fill(RocksStore store, int count, int size) throws IOException {
        List<Block> taken = new ArrayList<>();
        while (true) {
            List<Block> blocks = TestBlocks.random(random, count, size);
            try {
                store.blocks().putAll(blocks);
            } catch (StoreFullException e) {
                assertThat(e.limit()).isEqualTo(StoreFullException.Limit.STORE);
                assertThat(e.missing()).isBetween(1L, 2 * SLACK);
                assertThat(e.taken() + 2L * (size + 200)).isGreaterThan(e.allowed());
                return taken;
            }
            taken.addAll(blocks);
        }
    }

    /// Through the log, a file of the database, and several; blocks of a byte are mostly index.
    @ParameterizedTest(name = "sessions of {0} blocks of {1} bytes")
    @CsvSource({"1, 50000", "4, 100000", "30, 100000", "60, 200000", "20000, 10"})
    void a_store_does_not_outgrow_its_limit_and_loses_nothing(int count, int size)
            throws Exception {
        long limit = 24 * MIB;
        List<Block> taken;
        try (RocksStore store = open(limit)) {
            taken = fill(store, count, size);
            assertThat(bytes()).isBetween(limit / 4, limit + SLACK);
            check(store, taken);
        }
        try (RocksStore store = open(limit)) {
            check(store, taken);
        }
    }

    private static void check(RocksStore store, List<Block> blocks) throws IOException {
        for (Block block : blocks)
            assertThat(store.blocks().get(block.cid()).map(Block::bytes))
                    .hasValueSatisfying(bytes -> assertThat(bytes).isEqualTo(block.bytes()));
    }

    @Test
    void sessions_side_by_side_do_not_go_past_it_together() throws Exception {
        long limit = 16 * MIB;
        try (RocksStore store = open(limit);
                ExecutorService pool = Executors.newFixedThreadPool(8)) {
            List<Callable<Long>> fillers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                Random seed = new Random(i);
                fillers.add(() -> bytesWhenRefused(store, seed));
            }
            for (Future<Long> filler : pool.invokeAll(fillers))
                assertThat(filler.get()).isLessThan(limit + SLACK);
        }
    }

    private long bytesWhenRefused(RocksStore store, Random seed) throws IOException {
        try (WriteSession session = store.blocks().openSession()) {
            while (true) {
                try {
                    session.put(TestBlocks.random(seed, 50_000));
                } catch (StoreFullException e) {
                    return bytes();
                }
            }
        }
    }

    @Test
    void what_only_deletes_goes_on_and_makes_room() throws Exception {
        try (RocksStore store = open(16 * MIB)) {
            List<Block> taken = fill(store, 30, 100_000);
            assertThat(store.blocks().delete(taken.getFirst().cid().hash())).isTrue();
            Block kept = taken.getLast();
            Pin pin = new Pin(kept.cid(), Pin.Mode.DIRECT, "kept");
            store.pins().add(List.of(pin));
            try (GarbageCollection collection = store.collect()) {
                collection.keep(kept.cid());
                assertThat(collection.sweep((hash, length) -> {}).freed()).isGreaterThan(8 * MIB);
            }
            assertThat(fill(store, 30, 100_000)).hasSizeGreaterThan(60);
            check(store, List.of(kept));
        }
    }

    @Test
    void a_session_that_was_refused_gives_its_room_back() throws Exception {
        try (RocksStore store = open(16 * MIB)) {
            List<Block> many = TestBlocks.random(random, 300, 100_000);
            for (int i = 0; i < 3; i++)
                assertThatThrownBy(() -> store.blocks().putAll(many))
                        .isInstanceOf(StoreFullException.class);
            // What was whole of the refused session stays, unpinned.
            try (GarbageCollection collection = store.collect()) {
                collection.sweep((hash, length) -> {});
            }
            store.blocks().putAll(TestBlocks.random(random, 100, 100_000));
        }
    }

    @Test
    void the_reserve_of_the_disk_stays_free() throws Exception {
        long free = Files.getFileStore(dir).getUsableSpace();
        Limits limits = new Limits(Long.MAX_VALUE, free + (1L << 40));
        try (RocksStore store = RocksStore.open(dir.resolve("store"), limits)) {
            assertThatThrownBy(() -> store.blocks().put(TestBlocks.random(random, 10)))
                    .isInstanceOfSatisfying(
                            StoreFullException.class,
                            e -> {
                                assertThat(e.limit()).isEqualTo(StoreFullException.Limit.DISK);
                                assertThat(e.allowed()).isEqualTo(limits.reserve());
                            });
        }
    }
}
