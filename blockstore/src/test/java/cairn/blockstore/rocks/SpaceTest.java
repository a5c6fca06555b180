package cairn.blockstore.rocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import cairn.blockstore.Pin;
import cairn.blockstore.StoreException;
import cairn.blockstore.TestBlocks;
import cairn.blockstore.WriteSession;
import cairn.multiformats.Block;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a collection writes again to give space back, and how it gives way.
final class SpaceTest {
    private static final BulkWriter.Sizes SIZES = new BulkWriter.Sizes(64 << 10, 1 << 20);
    private static final int LARGE = 100_000;
    private static final int SMALL = 1_000;

    /// No rewriting ends under it.
    private static final long SLOW = 20_000;

    @TempDir Path temp;
    private final Random random = new Random(9);
    private RocksStore store;

    @BeforeEach
    void open() throws IOException {
        store = RocksStore.open(temp.resolve("data"), SIZES);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void collect(long rate, GarbageCollection.Listener listener) throws IOException {
        try (GarbageCollection collection = store.collect(new GarbageCollection.Terms(100, rate))) {
            store.pins()
                    .forEach(
                            pin -> {
                                collection.keep(pin.cid());
                                return true;
                            });
            collection.sweep(listener);
        }
    }

    private void collect() throws IOException {
        collect(Long.MAX_VALUE, (hash, length) -> {});
    }

    /// Stores blocks and pins one of so many.
    private List<Block> put(int count, int size, int pinOneOf) throws IOException {
        List<Block> blocks = TestBlocks.random(random, count, size);
        List<Pin> pins = new ArrayList<>();
        for (int i = 0; i < count; i += pinOneOf)
            pins.add(new Pin(blocks.get(i).cid(), Pin.Mode.DIRECT, ""));
        try (WriteSession session = store.blocks().openSession()) {
            for (Block block : blocks) session.put(block);
            session.commit(pins);
        }
        return blocks;
    }

    private Set<String> tables() throws IOException {
        try (Stream<Path> files = Files.list(temp.resolve("data"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".sst"))
                    .collect(Collectors.toSet());
        }
    }

    /// The bytes of all tables; the log has up to 16 MiB more.
    private long disk() throws IOException {
        long bytes = 0;
        try (Stream<Path> files = Files.list(temp.resolve("data"))) {
            for (Path file : files.toList())
                if (file.toString().endsWith(".sst")) bytes += Files.size(file);
        }
        return bytes;
    }

    @Test
    void what_is_live_is_not_written_again() throws Exception {
        put(50, LARGE, 1);
        put(50, SMALL, 1);
        put(20, LARGE, 2);
        collect();
        Set<String> before = tables();
        collect();
        assertThat(tables()).containsAll(before);
    }

    @Test
    void what_comes_while_garbage_is_collected_has_nothing_old_written_again() throws Exception {
        put(200, SMALL, 1);
        collect();
        Set<String> before = tables();
        store.blocks().put(TestBlocks.random(random, 10));
        collect(Long.MAX_VALUE, (hash, length) -> put(500, SMALL, 1));
        assertThat(tables()).containsAll(before);
    }

    @Test
    void many_small_neighbours_become_one_file() throws Exception {
        List<Block> blocks = new ArrayList<>();
        for (int i = 0; i < 12; i++) blocks.addAll(put(2, LARGE, 1));
        collect();
        assertThat(tables()).hasSizeLessThan(6);
        for (Block block : blocks)
            assertThat(store.blocks().get(block.cid()).map(Block::bytes)).hasValue(block.bytes());
    }

    @Test
    void a_file_that_is_written_again_takes_its_small_neighbours_along() throws Exception {
        for (int i = 0; i < 5; i++) put(2, LARGE, 1);
        put(4, LARGE, 4);
        collect();
        assertThat(tables()).hasSizeLessThan(5);
    }

    @Test
    void the_index_of_many_that_went_is_written_again() throws Exception {
        put(150_000, 20, 150_000);
        collect();
        assertThat(disk()).isLessThan(1 << 20);
    }

    @Test
    @Timeout(60)
    void alone_it_runs_at_full_speed() throws Exception {
        put(100, LARGE, 2);
        put(1_000, SMALL, 2);
        collect(SLOW, (hash, length) -> {});
        assertThat(disk()).isLessThan(7 << 20);
    }

    @Test
    @Timeout(60)
    void beside_others_it_is_held_back_and_breaks_off_when_the_store_is_closed() throws Exception {
        List<Block> blocks = put(100, LARGE, 2);
        CountDownLatch swept = new CountDownLatch(50);
        ConcurrentLinkedQueue<Throwable> thrown = new ConcurrentLinkedQueue<>();
        Thread other =
                Thread.startVirtualThread(
                        () -> {
                            try {
                                while (true) store.blocks().has(blocks.getFirst().cid().hash());
                            } catch (IOException e) {
                                return; // closed
                            }
                        });
        Thread collecting =
                Thread.startVirtualThread(
                        () ->
                                thrown.add(
                                        catchThrowable(
                                                () ->
                                                        collect(
                                                                SLOW,
                                                                (hash, length) ->
                                                                        swept.countDown()))));
        assertThat(swept.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(collecting.join(Duration.ofMillis(500)))
                .as("is over in spite of the rate")
                .isFalse();
        store.close();
        collecting.join();
        other.join();
        assertThat(thrown).singleElement().isInstanceOf(StoreException.class);
        open();
        for (int i = 0; i < blocks.size(); i += 2)
            assertThat(store.blocks().get(blocks.get(i).cid()).map(Block::bytes))
                    .hasValue(blocks.get(i).bytes());
        collect();
        assertThat(disk()).isLessThan(7 << 20);
    }

    /// A rewriting that met damage would end all writing.
    @ParameterizedTest
    @ValueSource(ints = {SMALL, LARGE})
    void damage_is_told_and_the_store_stays_usable(int size) throws Exception {
        List<Block> blocks = put(40, size, 2);
        List<Block> others = put(20, LARGE + SMALL - size, 2);
        collect();
        store.pins().remove(List.of(blocks.get(2).cid(), blocks.get(4).cid(), blocks.get(6).cid()));
        store.pins().remove(others.subList(0, 10).stream().map(Block::cid).toList());
        store.close();
        damage(blocks.get(20));
        open();
        assertThatThrownBy(this::collect)
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("can't be read")
                .hasMessageContaining("repo verify");
        List<Block> after = put(3, size, 1);
        for (Block block : List.of(after.getFirst(), others.get(10)))
            assertThat(store.blocks().get(block.cid()).map(Block::bytes)).hasValue(block.bytes());
        put(List.of(blocks.get(20)));
        assertThat(store.blocks().get(blocks.get(20).cid()).map(Block::bytes))
                .hasValue(blocks.get(20).bytes());
    }

    private void put(List<Block> blocks) throws IOException {
        store.blocks().putAll(blocks);
    }

    /// Changes a byte of a block on disk.
    private void damage(Block block) throws IOException {
        int damaged = 0;
        try (Stream<Path> files = Files.list(temp.resolve("data"))) {
            for (Path file : files.toList()) {
                if (!file.toString().endsWith(".sst")) continue;
                String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
                int at = bytes.indexOf(new String(block.bytes(), StandardCharsets.ISO_8859_1));
                if (at < 0) continue;
                byte[] changed = Files.readAllBytes(file);
                changed[at + 10] ^= 1;
                Files.write(file, changed);
                damaged++;
            }
        }
        assertThat(damaged).isEqualTo(1);
    }
}
