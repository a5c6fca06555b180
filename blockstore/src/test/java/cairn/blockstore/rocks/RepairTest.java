package cairn.blockstore.rocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cairn.blockstore.Pin;
import cairn.blockstore.StoreException;
import cairn.blockstore.TestBlocks;
import cairn.blockstore.database.Database;
import cairn.blockstore.database.Tables;
import cairn.blockstore.upkeep.Repair;
import cairn.multiformats.Block;
import cairn.multiformats.Multihash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rocksdb.FlushOptions;
import org.rocksdb.LiveFileMetaData;

/// Repairs of stores in which one file was damaged as disks and people do it: cut off, a bit
/// flipped, gone.
final class RepairTest {
    private static final BulkWriter.Sizes SIZES = new BulkWriter.Sizes(64 << 10, 256 << 10);

    @TempDir Path temp;
    private final Random random = new Random(77);
    private final List<Block> blocks = new ArrayList<>();
    private final List<Pin> pins = new ArrayList<>();
    private final Set<Multihash> lost = new HashSet<>();

    private Path data() {
        return temp.resolve("data");
    }

    private Path repaired() {
        return temp.resolve("repaired");
    }

    /// A store with several tables of each family, some of `blocks` rewritten by a collection, and
    /// with logs.
    @BeforeEach
    void write() throws IOException {
        for (int round = 0; round < 2; round++) {
            session(TestBlocks.random(random, 40, 20_000));
            session(TestBlocks.random(random, 40, 100));
            flush();
        }
        try (RocksStore store = RocksStore.open(data(), SIZES);
                GarbageCollection collection = store.collect()) {
            for (int i = 0; i < 20; i += 2) blocks.remove(i);
            for (Block block : blocks) collection.keep(block.cid());
            collection.sweep((hash, length) -> {});
        }
        session(TestBlocks.random(random, 10, 20_000));
        session(TestBlocks.random(random, 10, 100));
    }

    private void session(List<Block> some) throws IOException {
        Pin pin = new Pin(some.getLast().cid(), Pin.Mode.RECURSIVE, "pin " + pins.size());
        try (RocksStore store = RocksStore.open(data(), SIZES)) {
            store.blocks().putAll(some);
            store.pins().add(List.of(pin));
        }
        blocks.addAll(some);
        pins.add(pin);
    }

    private void flush() throws IOException {
        try (Database database = Database.open(data())) {
            database.run(
                    "flush",
                    tables -> {
                        try (FlushOptions flush = new FlushOptions()) {
                            tables.db()
                                    .flush(
                                            flush,
                                            List.of(
                                                    tables.meta(),
                                                    tables.index(),
                                                    tables.blocks(),
                                                    tables.loose(),
                                                    tables.pins()));
                        }
                        return null;
                    });
        }
    }

    private Repair.Report repair() throws IOException {
        return Repair.run(
                data(),
                repaired(),
                temp.resolve("scratch"),
                TestBlocks.HASHES,
                new Repair.Listener() {
                    @Override
                    public void looked(long tables, long of) {
                        assertThat(tables).isLessThanOrEqualTo(of);
                    }

                    @Override
                    public void lost(Multihash hash) {
                        lost.add(hash);
                    }
                });
    }

    /// What the repaired store has of what was written, all of it whole.
    private Set<Multihash> saved() throws IOException {
        Set<Multihash> saved = new HashSet<>();
        try (RocksStore store = RocksStore.open(repaired(), SIZES)) {
            VerifiedWhole.check(store);
            for (Block block : blocks)
                if (store.blocks().has(block.cid().hash())) saved.add(block.cid().hash());
            assertThat(store.count()).isEqualTo(IndexCountTest.counted(store));
            Block next = TestBlocks.random(random, 30_000);
            store.blocks().put(next);
            assertThat(store.blocks().has(next.cid().hash())).isTrue();
        }
        return saved;
    }

    private Set<Pin> savedPins() throws IOException {
        Set<Pin> saved = new HashSet<>();
        try (RocksStore store = RocksStore.openReadOnly(repaired())) {
            store.pins().forEach(saved::add);
        }
        return saved;
    }

    private Set<Multihash> all() {
        Set<Multihash> all = new HashSet<>();
        for (Block block : blocks) all.add(block.cid().hash());
        return all;
    }

    private List<Path> tables(String family) throws IOException {
        List<Path> files = new ArrayList<>();
        try (Database database = Database.openReadOnly(data())) {
            List<LiveFileMetaData> live =
                    database.run("list", tables -> tables.db().getLiveFilesMetaData());
            for (LiveFileMetaData file : live)
                if (new String(file.columnFamilyName(), StandardCharsets.US_ASCII).equals(family))
                    files.add(data().resolve(file.fileName().substring(1)));
        }
        return files;
    }

    /// Damages a file.
    private static void damage(Path file, String how) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        switch (how) {
            case "gone" -> Files.delete(file);
            case "empty" -> Files.write(file, new byte[0]);
            case "cut" -> Files.write(file, Arrays.copyOf(bytes, bytes.length * 2 / 3));
            case "flipped" -> {
                bytes[bytes.length / 2] ^= 16;
                Files.write(file, bytes);
            }
            default -> throw new IllegalArgumentException(how);
        }
    }

    @Test
    void a_whole_store_comes_out_whole() throws Exception {
        Repair.Report report = repair();
        assertThat(report.damages()).isEmpty();
        assertThat(report.needless()).isTrue();
        assertThat(report.exact()).isTrue();
        assertThat(report.lost()).isZero();
        assertThat(saved()).isEqualTo(all());
        assertThat(savedPins()).hasSameElementsAs(pins);
        assertThat(report.pins()).isEqualTo(pins.size());
    }

    /// The index can be lost as a whole: it is derived.
    @ParameterizedTest
    @ValueSource(strings = {"gone", "empty", "cut", "flipped"})
    void with_a_damaged_index_nothing_is_lost(String how) throws Exception {
        for (Path file : tables("index")) damage(file, how);
        repair();
        assertThat(saved()).isEqualTo(all());
        assertThat(savedPins()).hasSameElementsAs(pins);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gone", "empty", "cut"})
    void a_store_that_lacks_a_table_is_not_opened_and_says_what_to_do(String how) throws Exception {
        damage(tables("index").getFirst(), how);
        for (Opener opener : List.<Opener>of(RocksStore::open, RocksStore::openReadOnly))
            assertThatThrownBy(() -> opener.open(data()))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("cairn repo repair");
    }

    /// Each table of blocks, of both families: as written, rewritten by a collection, flushed.
    @ParameterizedTest
    @CsvSource({
        "blocks,gone", "blocks,empty", "blocks,cut", "blocks,flipped",
        "loose,gone", "loose,empty", "loose,cut", "loose,flipped"
    })
    void what_is_lost_is_what_was_in_the_damaged_table_and_is_named(String family, String how)
            throws Exception {
        Path file = tables(family).getLast();
        long size = Files.size(file);
        damage(file, how);
        Repair.Report report = repair();
        assertThat(report.damages()).hasKeySatisfying(named(file));
        Set<Multihash> gone = all();
        gone.removeAll(saved());
        assertThat(lost).isEqualTo(gone);
        assertThat(report.lost()).isEqualTo(gone.size());
        assertThat(savedPins()).hasSameElementsAs(pins);
        if (how.equals("flipped") && family.equals("blocks")) assertThat(gone).hasSize(1);
        long bytes =
                blocks.stream()
                        .filter(b -> gone.contains(b.cid().hash()))
                        .mapToLong(Block::size)
                        .sum();
        assertThat(bytes).isLessThanOrEqualTo(size);
    }

    private static org.assertj.core.api.Condition<String> named(Path file) {
        return new org.assertj.core.api.Condition<>(
                key -> key.equals(file.getFileName().toString()), "the name of the damaged file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gone", "empty", "cut", "flipped"})
    void with_a_damaged_table_of_pins_the_other_pins_are_saved(String how) throws Exception {
        damage(tables("pins").getFirst(), how);
        Repair.Report report = repair();
        assertThat(report.exact()).isFalse();
        assertThat(saved()).isEqualTo(all());
        assertThat(pins).containsAll(savedPins());
        assertThat(savedPins()).hasSizeGreaterThanOrEqualTo(2).contains(pins.getLast());
    }

    /// As a loss of power may leave small files.
    @Test
    void a_name_of_zeros_in_the_place_of_that_of_the_list_is_no_obstacle() throws Exception {
        Files.write(data().resolve("CURRENT"), new byte[16]);
        assertThatThrownBy(() -> RocksStore.openReadOnly(data()))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("repo repair");
        repair();
        assertThat(saved()).isEqualTo(all());
        assertThat(savedPins()).hasSameElementsAs(pins);
    }

    @Test
    void a_folder_in_the_place_of_a_log_is_no_obstacle() throws Exception {
        Path log = Tables.logs(data()).stream().sorted().findFirst().orElseThrow();
        Files.delete(log);
        Files.createDirectory(log);
        assertThatThrownBy(() -> RocksStore.openReadOnly(data()))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(log.getFileName().toString())
                .hasMessageContaining("repo repair");
        assertThat(repair().exact()).isFalse();
        assertThat(savedPins()).contains(pins.getLast());
    }

    @ParameterizedTest
    @CsvSource({
        "MANIFEST,gone",
        "MANIFEST,empty",
        "MANIFEST,cut",
        "MANIFEST,flipped",
        "CURRENT,gone",
        "CURRENT,empty",
        "CURRENT,cut"
    })
    void without_the_list_of_tables_all_is_saved(String name, String how) throws Exception {
        try (var files = Files.newDirectoryStream(data(), name + "*")) {
            for (Path file : files) damage(file, how);
        }
        repair();
        assertThat(saved()).isEqualTo(all());
        assertThat(savedPins()).hasSameElementsAs(pins);
    }

    /// A bit in the middle of each log.
    @Test
    void with_a_damaged_log_what_is_in_others_is_saved() throws Exception {
        for (Path log : Tables.logs(data())) {
            if (Files.size(log) < 2000) continue;
            byte[] whole = Files.readAllBytes(log);
            damage(log, "flipped");
            assertThatThrownBy(() -> RocksStore.openReadOnly(data()))
                    .hasMessageContaining("cairn repo repair");
            lost.clear();
            Repair.Report report = repair();
            assertThat(report.damages()).hasKeySatisfying(named(log));
            assertThat(report.exact()).isFalse();
            assertThat(report.needless()).isFalse();
            Set<Multihash> gone = all();
            gone.removeAll(saved());
            assertThat(gone).hasSizeLessThanOrEqualTo(20);
            Files.write(log, whole);
            deleteAll(repaired());
        }
    }

    /// A log with newer ones behind it: what is behind is saved, and the gap is told.
    @ParameterizedTest
    @ValueSource(strings = {"gone", "empty", "cut"})
    void with_a_log_that_lacks_changes_it_is_told_that_pins_may_be_missing(String how)
            throws Exception {
        List<Path> logs =
                Tables.logs(data()).stream()
                        .filter(log -> log.toFile().length() > 300)
                        .sorted()
                        .toList();
        assertThat(logs).hasSizeGreaterThan(1);
        damage(logs.getFirst(), how);
        Repair.Report report = repair();
        assertThat(report.damages().values())
                .anySatisfy(why -> assertThat(why).contains("missing"));
        assertThat(report.exact()).isFalse();
        assertThat(savedPins()).contains(pins.getLast());
        saved();
    }

    private static void deleteAll(Path folder) throws IOException {
        try (var paths = Files.walk(folder)) {
            for (Path path : paths.sorted(java.util.Comparator.reverseOrder()).toList())
                Files.delete(path);
        }
    }

    /// Whatever is damaged, nothing in the damaged folder changes.
    @Test
    void the_damaged_store_is_left_as_it_is() throws Exception {
        damage(tables("blocks").getFirst(), "flipped");
        damage(tables("pins").getFirst(), "cut");
        List<String> before = fingerprint();
        repair();
        saved();
        assertThat(fingerprint()).isEqualTo(before);
    }

    private List<String> fingerprint() throws IOException {
        List<String> all = new ArrayList<>();
        try (var files = Files.list(data())) {
            for (Path file : files.sorted().toList())
                if (Files.isRegularFile(file))
                    all.add(file + " " + Arrays.hashCode(Files.readAllBytes(file)));
        }
        return all;
    }

    @FunctionalInterface
    private interface Opener {
        RocksStore open(Path folder) throws IOException;
    }
}
