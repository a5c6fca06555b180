package cairn.blockstore.rocks;

import cairn.blockstore.TestBlocks;

import cairn.blockstore.Pin;
import cairn.blockstore.StoreException;
import cairn.blockstore.WriteSession;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import cairn.multiformats.Multicodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a collection deletes and what it leaves, with everything that can go on beside it. Pins
/// keep single blocks here: what lies below a root is the concern of who marks.
final class GarbageCollectionTest {
    private static final BulkWriter.Sizes SIZES = new BulkWriter.Sizes(64 << 10, 1 << 20);

    /// Through the log, and in a bulk file.
    private static final int SMALL = 1_000;

    private static final int LARGE = 100_000;

    @TempDir Path temp;
    private final Random random = new Random(7);
    private RocksStore store;

    @BeforeEach
    void open() throws IOException {
        store = RocksStore.open(temp.resolve("data"), SIZES);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private GarbageCollection begin() throws IOException {
        return store.collect(new GarbageCollection.Terms(1, Long.MAX_VALUE));
    }

    private static void mark(GarbageCollection collection, RocksStore store) throws IOException {
        store.pins()
                .forEach(
                        pin -> {
                            collection.keep(pin.cid());
                            return true;
                        });
    }

    private List<Cid> sweep(GarbageCollection collection) throws IOException {
        List<Cid> removed = new ArrayList<>();
        collection.sweep((hash, length) -> removed.add(Cid.v1(Multicodec.RAW, hash)));
        return removed;
    }

    /// A whole collection.
    private List<Cid> collect() throws IOException {
        try (GarbageCollection collection = begin()) {
            mark(collection, store);
            return sweep(collection);
        }
    }

    private Block block(int size) {
        return TestBlocks.random(random, size);
    }

    private static Pin pin(Block block) {
        return new Pin(block.cid(), Pin.Mode.DIRECT, "");
    }

    private void assertWhole(Block block) throws IOException {
        assertThat(store.blocks().get(block.cid()).map(Block::bytes))
                .hasValueSatisfying(bytes -> assertThat(bytes).isEqualTo(block.bytes()));
    }

    private void assertGone(Block block) throws IOException {
        assertThat(store.blocks().has(block.cid().hash())).isFalse();
        assertThat(store.blocks().get(block.cid())).isEmpty();
    }

    private void reopen() throws IOException {
        store.close();
        open();
    }

    @ParameterizedTest
    @ValueSource(ints = {SMALL, LARGE})
    void what_is_not_kept_goes_and_the_rest_stays_also_when_opened_again(int size)
            throws Exception {
        List<Block> blocks = TestBlocks.random(random, 40, size);
        store.blocks().putAll(blocks);
        List<Block> pinned = blocks.subList(0, 10);
        List<Block> garbage = blocks.subList(10, 40);
        store.pins().add(pinned.stream().map(GarbageCollectionTest::pin).toList());
        assertThat(collect())
                .containsExactlyInAnyOrderElementsOf(garbage.stream().map(Block::cid).toList());
        for (int i = 0; i < 2; i++) {
            for (Block block : pinned) assertWhole(block);
            for (Block block : garbage) assertGone(block);
            reopen();
        }
        assertThat(collect()).isEmpty();
    }

    @Test
    void a_collection_that_is_not_swept_deletes_nothing() throws Exception {
        Block garbage = block(SMALL);
        store.blocks().put(garbage);
        try (GarbageCollection collection = begin()) {
            mark(collection, store);
        }
        assertWhole(garbage);
    }

    @Test
    void a_preview_tells_and_deletes_nothing() throws Exception {
        Block garbage = block(SMALL);
        store.blocks().put(garbage);
        try (GarbageCollection collection = begin()) {
            List<Integer> lengths = new ArrayList<>();
            var swept = collection.preview((hash, length) -> lengths.add(length));
            assertThat(lengths).containsExactly(SMALL);
            assertThat(swept).isEqualTo(new GarbageCollection.Swept(1, SMALL, 0));
        }
        assertWhole(garbage);
    }

    @Test
    void one_collection_runs_at_a_time() throws Exception {
        GarbageCollection first = begin();
        assertThatThrownBy(this::begin)
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("a collection runs");
        first.close();
        try (GarbageCollection second = begin()) {
            first.close();
            assertThatThrownBy(this::begin).isInstanceOf(StoreException.class);
            sweep(second);
            assertThatThrownBy(() -> sweep(second)).hasMessageContaining("is over");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {SMALL, LARGE})
    void a_session_from_before_keeps_what_it_wrote_and_commits_at_any_moment(int size)
            throws Exception {
        for (Moment moment : Moment.values()) {
            leaveGarbage();
            List<Block> blocks = TestBlocks.random(random, 12, size);
            WriteSession session = store.blocks().openSession();
            for (Block block : blocks) session.put(block);
            during(moment, () -> commit(session, blocks));
            for (Block block : blocks) assertWhole(block);
            collect();
            for (Block block : blocks) assertWhole(block);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {SMALL, LARGE})
    void a_session_keeps_garbage_that_it_found(int size) throws Exception {
        for (Moment moment : Moment.values()) {
            leaveGarbage();
            List<Block> blocks = TestBlocks.random(random, 12, size);
            store.blocks().putAll(blocks);
            WriteSession session = store.blocks().openSession();
            for (Block block : blocks) session.put(block);
            during(moment, () -> commit(session, blocks));
            for (Block block : blocks) assertWhole(block);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {SMALL, LARGE})
    void garbage_that_is_added_while_a_collection_runs_stays(int size) throws Exception {
        for (Moment moment : Moment.values()) {
            leaveGarbage();
            List<Block> blocks = TestBlocks.random(random, 12, size);
            store.blocks().putAll(blocks);
            during(
                    moment,
                    () -> {
                        WriteSession session = store.blocks().openSession();
                        for (Block block : blocks) session.put(block);
                        commit(session, blocks);
                    });
            for (Block block : blocks) assertWhole(block);
        }
    }

    @Test
    void a_session_that_ends_without_pins_leaves_garbage() throws Exception {
        Block block = block(SMALL);
        try (WriteSession session = store.blocks().openSession()) {
            session.put(block);
            session.commit(List.of());
            assertThat(collect()).isEmpty();
        }
        assertThat(collect()).containsExactly(block.cid());
        assertGone(block);
    }

    @Test
    void a_lease_keeps_what_was_held_under_it_until_the_pin_is_there() throws Exception {
        for (Moment moment : Moment.values()) {
            leaveGarbage();
            Block block = block(SMALL);
            Block other = block(SMALL);
            store.blocks().putAll(List.of(block, other));
            Lease lease = store.lease();
            assertThat(lease.hold(block.cid().hash())).isTrue();
            assertThat(lease.hold(block(SMALL).cid().hash())).isFalse();
            during(
                    moment,
                    () -> {
                        store.pins().add(List.of(pin(block)));
                        lease.close();
                    });
            assertWhole(block);
            assertGone(other);
        }
    }

    /// Two sessions write one block to files of their own. The first is taken and its session
    /// closed without a pin, so that the block is garbage; the second finds it when its own file is
    /// taken, and drops its own copy.
    @Test
    void a_copy_that_another_session_left_is_kept_for_who_dropped_its_own() throws Exception {
        List<Block> blocks = TestBlocks.random(random, 5, LARGE);
        WriteSession first = store.blocks().openSession();
        for (Block block : blocks) first.put(block);
        WriteSession second = store.blocks().openSession();
        for (Block block : blocks) second.put(block);
        first.commit(List.of());
        first.close();
        try (GarbageCollection collection = begin()) {
            mark(collection, store);
            commit(second, blocks);
            assertThat(sweep(collection)).isEmpty();
        }
        for (Block block : blocks) assertWhole(block);
    }

    /// The same, swept before the second session takes its own copy in.
    @Test
    void a_block_that_a_session_is_about_to_write_again_is_left_alone() throws Exception {
        Block block = block(LARGE);
        WriteSession first = store.blocks().openSession();
        first.put(block);
        WriteSession second = store.blocks().openSession();
        second.put(block);
        first.commit(List.of());
        first.close();
        try (GarbageCollection collection = begin()) {
            mark(collection, store);
            assertThat(sweep(collection)).isEmpty();
        }
        commit(second, List.of(block));
        assertWhole(block);
    }

    @Test
    void a_block_is_met_first_once_under_each_codec() throws Exception {
        Block block = block(SMALL);
        store.blocks().put(block);
        Cid node = Cid.v1(Multicodec.DAG_PB, block.cid().hash());
        try (GarbageCollection collection = begin()) {
            assertThat(collection.keep(block.cid())).isEqualTo(GarbageCollection.Found.FIRST);
            assertThat(collection.keep(node)).isEqualTo(GarbageCollection.Found.FIRST);
            assertThat(collection.keep(block.cid())).isEqualTo(GarbageCollection.Found.AGAIN);
            assertThat(collection.keep(block(SMALL).cid()))
                    .isEqualTo(GarbageCollection.Found.ABSENT);
        }
    }

    @Test
    void numbers_of_what_went_are_not_used_again() throws Exception {
        store.blocks().putAll(TestBlocks.random(random, 20, LARGE));
        store.blocks().putAll(TestBlocks.random(random, 20, SMALL));
        collect();
        reopen();
        Block after = block(SMALL);
        List<Block> large = TestBlocks.random(random, 20, LARGE);
        store.blocks().put(after);
        store.blocks().putAll(large);
        assertWhole(after);
        for (Block block : large) assertWhole(block);
    }

    /// 1.1 times what is live, and what is never worth a rewrite: the bound is for stores of any
    /// size, here the files are small and so is the slack.
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 50})
    void the_disk_holds_little_more_than_what_is_live(int keepOneOf) throws Exception {
        long live = 0;
        List<Block> pinned = new ArrayList<>();
        for (int size : new int[] {200, 5_000, 100_000})
            for (int session = 0; session < 4; session++) {
                List<Block> blocks = TestBlocks.random(random, 1 + 6_000_000 / size / 4, size);
                store.blocks().putAll(blocks);
                for (int i = 0; i < blocks.size(); i += keepOneOf) {
                    pinned.add(blocks.get(i));
                    live += size;
                }
            }
        store.pins().add(pinned.stream().map(GarbageCollectionTest::pin).toList());
        long before = disk();
        GarbageCollection.Swept swept;
        try (GarbageCollection collection = begin()) {
            mark(collection, store);
            swept = collection.sweep((hash, length) -> {});
        }
        long freed = before - disk();
        for (Block block : pinned) assertWhole(block);
        assertThat(swept.freed()).as("told freed").isCloseTo(freed, within(64 << 10));
        // Index, pins, the log and the database's own files.
        long slack = 16 << 20;
        assertThat(disk()).isLessThan(live + live / 10 + slack);
    }

    private static org.assertj.core.data.Offset<Long> within(long bytes) {
        return org.assertj.core.data.Offset.offset(bytes);
    }

    private long disk() throws IOException {
        long bytes = 0;
        try (Stream<Path> files = Files.list(temp.resolve("data"))) {
            for (Path file : files.toList())
                if (Files.isRegularFile(file)) bytes += Files.size(file);
        }
        return bytes;
    }

    /// When something happens beside a collection.
    private enum Moment {
        BEFORE_MARKING,
        AFTER_MARKING,
        IN_THE_SWEEP,
        AFTER_THE_SWEEP
    }

    @FunctionalInterface
    private interface Step {
        void run() throws IOException;
    }

    private static void commit(WriteSession session, List<Block> blocks) throws IOException {
        session.commit(blocks.stream().map(GarbageCollectionTest::pin).toList());
        session.close();
    }

    /// Garbage of before all that is tried, so that there is a sweep to do something in.
    private void leaveGarbage() throws IOException {
        store.blocks().put(block(SMALL));
    }

    /// A collection during which a step is made once.
    private void during(Moment moment, Step step) throws IOException {
        boolean[] made = {false};
        try (GarbageCollection collection = begin()) {
            if (moment == Moment.BEFORE_MARKING) step.run();
            mark(collection, store);
            if (moment == Moment.AFTER_MARKING) step.run();
            collection.sweep(
                    (hash, length) -> {
                        if (moment != Moment.IN_THE_SWEEP || made[0]) return;
                        made[0] = true;
                        step.run();
                    });
        }
        assertThat(made[0]).isEqualTo(moment == Moment.IN_THE_SWEEP);
        if (moment == Moment.AFTER_THE_SWEEP) step.run();
    }
}
