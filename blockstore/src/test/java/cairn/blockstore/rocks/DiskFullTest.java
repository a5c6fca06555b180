package cairn.blockstore.rocks;

import cairn.blockstore.TestBlocks;

import cairn.blockstore.DiskFullException;
import cairn.blockstore.Pin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cairn.multiformats.Block;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A store on a file system of 24 MiB, which it fills.
final class DiskFullTest {
    private static final BulkWriter.Sizes SMALL_FILES = new BulkWriter.Sizes(64 << 10, 1 << 20);

    @TempDir Path mount;
    private final Random random = new Random(8);

    private SmallDisk disk;

    @BeforeEach
    void mount_a_small_file_system() throws Exception {
        disk = SmallDisk.on(mount, 24);
    }

    @AfterEach
    void unmount() throws Exception {
        if (disk != null) disk.close();
    }

    /// Through the log, and through bulk files.
    @ParameterizedTest(name = "{0} blocks of {1} bytes a session")
    @CsvSource({"4, 100000", "30, 100000"})
    void full_disk_is_told_and_harms_nothing(int count, int size) throws Exception {
        Path data = mount.resolve("data");
        Path ballast = Files.write(mount.resolve("ballast"), new byte[8 << 20]);
        List<Block> committed = new ArrayList<>();
        try (RocksStore store = RocksStore.open(data)) {
            assertThatThrownBy(
                            () -> {
                                while (true) {
                                    List<Block> blocks = TestBlocks.random(random, count, size);
                                    store.blocks().putAll(blocks);
                                    committed.addAll(blocks);
                                }
                            })
                    .isInstanceOf(DiskFullException.class)
                    .hasMessageContaining("make room");
            assertThat(committed).hasSizeGreaterThan(20);
            check(store, committed);
            try (Stream<Path> staged = Files.list(data.resolve("staging"))) {
                assertThat(staged).isEmpty();
            }
            Files.delete(ballast);
            List<Block> more = TestBlocks.random(random, 3, size);
            untilRecovered(() -> store.blocks().putAll(more));
            committed.addAll(more);
            check(store, committed);
        }
        try (RocksStore store = RocksStore.open(data)) {
            check(store, committed);
        }
    }

    /// Files without anything live are dropped before anything is written that takes room.
    @Test
    void a_collection_makes_room_with_hardly_any() throws Exception {
        Path ballast = Files.write(mount.resolve("ballast"), new byte[256 << 10]);
        try (RocksStore store = RocksStore.open(mount.resolve("data"), SMALL_FILES)) {
            List<Block> kept = TestBlocks.random(random, 3, 100_000);
            store.blocks().putAll(kept);
            store.pins()
                    .add(kept.stream().map(b -> new Pin(b.cid(), Pin.Mode.DIRECT, "")).toList());
            assertThatThrownBy(
                            () -> {
                                while (true)
                                    store.blocks().putAll(TestBlocks.random(random, 10, 100_000));
                            })
                    .isInstanceOf(DiskFullException.class);
            long full = Files.getFileStore(mount).getUsableSpace();
            Files.delete(ballast);
            untilRecovered(() -> collect(store));
            assertThat(Files.getFileStore(mount).getUsableSpace()).isGreaterThan(full + (12 << 20));
            check(store, kept);
        }
    }

    private static void collect(RocksStore store) throws IOException {
        try (GarbageCollection collection = store.collect()) {
            store.pins()
                    .forEach(
                            pin -> {
                                collection.keep(pin.cid());
                                return true;
                            });
            collection.sweep((hash, length) -> {});
        }
    }

    @FunctionalInterface
    private interface Step {
        void run() throws IOException;
    }

    /// The database looks for room every five seconds.
    private static void untilRecovered(Step step) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (true) {
            try {
                step.run();
                return;
            } catch (DiskFullException e) {
                if (System.nanoTime() > end) throw e;
            }
        }
    }

    private static void check(RocksStore store, List<Block> blocks) throws IOException {
        for (Block block : blocks)
            assertThat(store.blocks().get(block.cid()).map(Block::bytes))
                    .hasValueSatisfying(bytes -> assertThat(bytes).isEqualTo(block.bytes()));
    }
}
