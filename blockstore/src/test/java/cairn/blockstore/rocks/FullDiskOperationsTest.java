package cairn.blockstore.rocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cairn.blockstore.DiskFullException;
import cairn.blockstore.Pin;
import cairn.blockstore.StoreException;
import cairn.blockstore.StoreFullException;
import cairn.blockstore.TestBlocks;
import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Writes, pins and collections on a disk that fills up under each of them.
final class FullDiskOperationsTest {
    private static final int MIB = 1 << 20;

    @TempDir Path mount;
    private Random random;

    /// What was acknowledged: pins whose blocks must be there, with their bytes.
    private final Map<Cid, Block> pinned = new HashMap<>();

    /// What an operation that failed may have pinned or not.
    private final Set<Cid> unsure = new HashSet<>();

    /// Sizes a little apart, so that different operations are the ones that find it full.
    @ParameterizedTest(name = "{0} KiB are taken by others")
    @ValueSource(ints = {8700, 9600, 10500, 11400, 12300, 13200, 14100, 15000, 16800, 19500})
    void nothing_acknowledged_is_lost_wherever_the_disk_fills_up(int ballast) throws Exception {
        random = new Random(ballast);
        try (SmallDisk _ = SmallDisk.on(mount, 24)) {
            Path others = Files.write(mount.resolve("ballast"), new byte[ballast << 10]);
            Path data = mount.resolve("data");
            int full = 0;
            for (int opened = 0; opened < 2; opened++)
                try (RocksStore store =
                        RocksStore.open(data, Limits.NONE, new BulkWriter.Sizes(MIB, 2 * MIB))) {
                    for (int i = 0; i < 60; i++) if (!step(store)) full++;
                } catch (DiskFullException e) {
                    full++; // it can't even be opened
                }
            assertThat(full).isPositive();
            Files.delete(others);
            check(data);
        }
    }

    /// @return whether the disk had room for it
    private boolean step(RocksStore store) throws IOException {
        try {
            switch (random.nextInt(6)) {
                case 0, 1 -> add(store, 2, 100_000);
                case 2 -> add(store, 30, 60_000);
                case 3 -> add(store, 300, 100);
                case 4 -> unpin(store);
                default -> collect(store);
            }
            return true;
        } catch (DiskFullException e) {
            return false;
        } catch (StoreException e) {
            // A session that failed says so again.
            assertThat(e).hasMessageContaining("disk is full");
            return false;
        }
    }

    private void add(RocksStore store, int count, int size) throws IOException {
        List<Block> blocks = TestBlocks.random(random, count, size);
        List<Pin> pins = new ArrayList<>();
        for (Block block : blocks) pins.add(new Pin(block.cid(), Pin.Mode.DIRECT, ""));
        for (Pin pin : pins) unsure.add(pin.cid());
        try (var session = store.blocks().openSession()) {
            for (Block block : blocks) session.put(block);
            session.commit(pins);
        }
        for (Block block : blocks) {
            pinned.put(block.cid(), block);
            unsure.remove(block.cid());
        }
    }

    private void unpin(RocksStore store) throws IOException {
        List<Cid> some = pinned.keySet().stream().limit(pinned.size() / 2).toList();
        unsure.addAll(some);
        some.forEach(pinned::remove);
        store.pins().remove(some);
        unsure.removeAll(some);
    }

    private void collect(RocksStore store) throws IOException {
        try (GarbageCollection collection = store.collect(fast())) {
            List<Cid> kept = new ArrayList<>();
            store.pins().forEach(pin -> kept.add(pin.cid()));
            for (Cid cid : kept)
                assertThat(collection.keep(cid)).isNotEqualTo(GarbageCollection.Found.ABSENT);
            collection.sweep((hash, length) -> {});
        }
    }

    private static GarbageCollection.Terms fast() {
        return new GarbageCollection.Terms(Sweep.BATCH, Long.MAX_VALUE);
    }

    private void check(Path data) throws Exception {
        Path roomy = Files.createTempDirectory("roomy");
        copy(data, roomy);
        try (RocksStore store = RocksStore.open(roomy)) {
            for (Block block : pinned.values()) {
                assertThat(store.pins().get(block.cid())).isPresent();
                assertThat(store.blocks().get(block.cid()).map(Block::bytes))
                        .hasValueSatisfying(bytes -> assertThat(bytes).isEqualTo(block.bytes()));
            }
            store.pins()
                    .forEach(
                            pin -> {
                                assertThat(
                                                pinned.containsKey(pin.cid())
                                                        || unsure.contains(pin.cid()))
                                        .isTrue();
                                assertThat(store.blocks().has(pin.cid().hash())).isTrue();
                                return true;
                            });
        }
        delete(roomy);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var all = Files.walk(from)) {
            for (Path file : all.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) Files.createDirectories(target);
                else Files.copy(file, target);
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var all = Files.walk(folder)) {
            for (Path file : all.sorted(java.util.Comparator.reverseOrder()).toList())
                Files.delete(file);
        }
    }

    @Test
    void with_a_reserve_the_disk_never_fills_up_and_a_collection_gives_it_back() throws Exception {
        random = new Random(10);
        try (SmallDisk _ = SmallDisk.on(mount, 64)) {
            Path data = mount.resolve("data");
            Limits limits = new Limits(Long.MAX_VALUE, 16L * MIB);
            try (RocksStore store =
                    RocksStore.open(data, limits, new BulkWriter.Sizes(MIB, 4 * MIB))) {
                for (int round = 0; round < 3; round++) {
                    assertThatThrownBy(
                                    () -> {
                                        while (true) add(store, 30, 60_000);
                                    })
                            .isInstanceOfSatisfying(
                                    StoreFullException.class,
                                    e ->
                                            assertThat(e.limit())
                                                    .isEqualTo(StoreFullException.Limit.DISK));
                    assertThat(Files.getFileStore(mount).getUsableSpace()).isGreaterThan(8L * MIB);
                    unpin(store);
                    collect(store);
                    assertThat(Files.getFileStore(mount).getUsableSpace()).isGreaterThan(26L * MIB);
                }
            }
            check(data);
        }
    }
}
