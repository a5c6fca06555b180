package cairn.blockstore.rocks;

import cairn.blockstore.TestBlocks;

import cairn.blockstore.Blockstore;
import cairn.blockstore.CorruptBlockException;
import cairn.blockstore.HashingBlockstore;
import cairn.blockstore.Pin;
import cairn.blockstore.StoreException;
import cairn.blockstore.WriteSession;
import cairn.blockstore.database.BlockRecord;
import cairn.blockstore.database.Database;
import cairn.blockstore.database.Tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rocksdb.ColumnFamilyMetaData;
import org.rocksdb.IngestExternalFileOptions;
import org.rocksdb.LevelMetaData;

/// What [RocksStore] does beyond the contracts: its files, and what an opening finds.
final class RocksStoreTest {
    private static final BulkWriter.Sizes SIZES = new BulkWriter.Sizes(64 << 10, 256 << 10);

    @TempDir Path temp;
    private final Random random = new Random(5);

    private Path data() {
        return temp.resolve("a/b/data");
    }

    private void write(List<Block> blocks) throws IOException {
        try (RocksStore store = RocksStore.open(data(), SIZES)) {
            store.blocks().putAll(blocks);
        }
    }

    private static void check(RocksStore store, List<Block> blocks) throws IOException {
        for (Block block : blocks)
            assertThat(store.blocks().get(block.cid()).map(Block::bytes))
                    .hasValueSatisfying(bytes -> assertThat(bytes).isEqualTo(block.bytes()));
    }

    @Test
    void what_was_written_is_there_when_opened_again() throws Exception {
        List<Block> blocks = new ArrayList<>();
        for (int size : new int[] {10, 5_000, 100_000}) {
            List<Block> some = TestBlocks.random(random, 12, size);
            write(some);
            blocks.addAll(some);
        }
        Pin pin = new Pin(blocks.getFirst().cid(), Pin.Mode.RECURSIVE, "kept");
        try (RocksStore store = RocksStore.open(data())) {
            check(store, blocks);
            store.pins().add(List.of(pin));
        }
        try (RocksStore store = RocksStore.openReadOnly(data())) {
            check(store, blocks);
            assertThat(store.pins().get(pin.cid())).hasValue(pin);
        }
    }

    @Test
    void bulk_files_lie_in_the_last_level_though_small_writes_come_between() throws Exception {
        try (Database database = opened()) {
            Path staging = Files.createDirectories(data().resolve("staging"));
            BulkWriter writer =
                    new BulkWriter(
                            database,
                            Reconciliation.run(database, staging),
                            staging,
                            SIZES,
                            new Room(staging, Limits.NONE, () -> 0));
            Blockstore blocks = new RocksBlockstore(database, writer);
            for (int i = 0; i < 5; i++) {
                blocks.putAll(TestBlocks.random(random, 10, 50_000));
                blocks.putAll(TestBlocks.random(random, 3, 1000));
            }
            ColumnFamilyMetaData bulk =
                    database.run(
                            "look", tables -> tables.db().getColumnFamilyMetaData(tables.blocks()));
            LevelMetaData last = bulk.levels().getLast();
            assertThat(last.files()).hasSize(10);
            assertThat(bulk.fileCount()).isEqualTo(10);
            for (var family : List.of("index", "loose"))
                assertThat(flushes(database, family)).as("files of " + family).isZero();
            writer.close();
        }
    }

    private static long flushes(Database database, String family) throws IOException {
        return database.run(
                "look",
                tables ->
                        tables.db()
                                .getColumnFamilyMetaData(
                                        family.equals("index") ? tables.index() : tables.loose())
                                .fileCount());
    }

    private Database opened() throws IOException {
        Files.createDirectories(data());
        return Database.open(data());
    }

    @Test
    void ingested_and_not_indexed_is_indexed_by_the_opening() throws Exception {
        List<Block> indexed = TestBlocks.random(random, 10, 50_000);
        List<Block> lost = TestBlocks.random(random, 10, 50_000);
        write(indexed);
        // The last one is known already: its second copy is dropped.
        List<Block> ingested = new ArrayList<>(lost);
        ingested.add(indexed.getFirst());
        ingestOnly(ingested);
        try (RocksStore store = RocksStore.open(data())) {
            check(store, indexed);
            check(store, lost);
        }
        try (Database database = opened()) {
            int kept = database.run("count", RocksStoreTest::count);
            assertThat(kept).isEqualTo(20);
        }
    }

    @Test
    void a_damaged_block_that_is_put_again_is_whole_again() throws Exception {
        List<Block> blocks = TestBlocks.random(random, 12, 50_000);
        write(blocks);
        flipTheMiddleOf(largestTable());
        try (RocksStore store = RocksStore.open(data(), SIZES)) {
            assertThat(damaged(store, blocks)).isNotEmpty();

            store.blocks().putAll(blocks);

            check(store, blocks);
        }
        try (RocksStore store = RocksStore.open(data(), SIZES)) {
            check(store, blocks);
        }
    }

    private static List<Block> damaged(RocksStore store, List<Block> blocks) {
        return blocks.stream()
                .filter(
                        block ->
                                catchThrowable(() -> store.blocks().get(block.cid()))
                                        instanceof CorruptBlockException)
                .toList();
    }

    private Path largestTable() throws IOException {
        try (Stream<Path> files = Files.list(data())) {
            return files.filter(file -> file.toString().endsWith(".sst"))
                    .max(Comparator.comparingLong(file -> file.toFile().length()))
                    .orElseThrow();
        }
    }

    private static void flipTheMiddleOf(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
    }

    private static int count(Tables tables) {
        int count = 0;
        try (var i = tables.db().newIterator(tables.blocks())) {
            for (i.seekToFirst(); i.isValid(); i.next()) count++;
        }
        return count;
    }

    /// What a session does before a crash between its last two steps.
    private void ingestOnly(List<Block> blocks) throws IOException {
        try (Database database = opened();
                IngestExternalFileOptions options =
                        new IngestExternalFileOptions().setMoveFiles(true)) {
            Path staging = data().resolve("staging");
            Sequences sequences = Reconciliation.run(database, staging);
            long first = sequences.reserve(BulkFile.MAX_BLOCKS);
            database.run(
                    "ingest",
                    tables -> {
                        ByteBuffer scratch = ByteBuffer.allocateDirect(BlockRecord.MAX_BYTES);
                        Path path = staging.resolve("x.sst");
                        try (BulkFile file = new BulkFile(database, path, first, scratch)) {
                            for (Block block : blocks) file.add(block);
                            file.finish();
                            tables.db()
                                    .ingestExternalFile(
                                            tables.blocks(), List.of(path.toString()), options);
                        }
                        return null;
                    });
        }
    }

    /// A reader beside may still know a deleted block's number.
    @ParameterizedTest(name = "blocks of {0} bytes")
    @ValueSource(ints = {100, 50_000})
    void number_of_a_deleted_block_is_not_used_again(int size) throws Exception {
        List<Block> old = TestBlocks.random(random, 3, size);
        write(old);
        long last = numberOf(old.getLast());
        try (RocksStore store = RocksStore.open(data(), SIZES)) {
            for (Block block : old) store.blocks().delete(block.cid().hash());
        }
        List<Block> more = TestBlocks.random(random, 3, size);
        write(more);
        assertThat(numberOf(more.getFirst())).isGreaterThan(last);
    }

    private long numberOf(Block block) throws IOException {
        try (Database database = opened()) {
            return database.run("look", t -> database.find(t, block.cid().hash()).number());
        }
    }

    @Test
    void leftovers_in_the_staging_folder_are_deleted_by_the_opening() throws Exception {
        write(List.of());
        Path leftover = Files.writeString(data().resolve("staging/left.sst"), "half a file");
        write(List.of());
        assertThat(leftover).doesNotExist();
    }

    @Test
    void session_that_is_given_up_leaves_no_file() throws Exception {
        try (RocksStore store = RocksStore.open(data(), SIZES)) {
            WriteSession session = store.blocks().openSession();
            for (Block block : TestBlocks.random(random, 3, 50_000)) session.put(block);
            assertThat(staged()).hasSize(1);
            session.close();
            assertThat(staged()).isEmpty();
        }
    }

    private List<Path> staged() throws IOException {
        try (Stream<Path> files = Files.list(data().resolve("staging"))) {
            return files.toList();
        }
    }

    @Test
    void second_writer_is_refused_and_a_reader_is_not() throws Exception {
        List<Block> blocks = TestBlocks.random(random, 3, 1000);
        write(blocks);
        try (RocksStore writer = RocksStore.open(data());
                RocksStore reader = RocksStore.openReadOnly(data())) {
            assertThatThrownBy(() -> RocksStore.open(data()))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("another writer has it open")
                    .hasMessageContaining(data().toString());
            check(writer, blocks);
            check(reader, blocks);
        }
    }

    @Test
    void reader_refuses_to_write_and_leaves_no_trace() throws Exception {
        List<Block> blocks = TestBlocks.random(random, 1, 1000);
        write(blocks);
        List<Path> before = files();
        try (RocksStore reader = RocksStore.openReadOnly(data())) {
            Cid cid = blocks.getFirst().cid();
            assertThatThrownBy(() -> reader.blocks().put(blocks.getFirst()))
                    .hasMessageContaining("for reading only");
            assertThatThrownBy(() -> reader.blocks().delete(cid.hash()))
                    .hasMessageContaining("for reading only");
            assertThatThrownBy(() -> reader.pins().remove(List.of(cid)))
                    .hasMessageContaining("for reading only");
            check(reader, blocks);
        }
        assertThat(files()).isEqualTo(before);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(data())) {
            return files.sorted().toList();
        }
    }

    @Test
    void reader_says_where_there_is_no_store() {
        assertThatThrownBy(() -> RocksStore.openReadOnly(data()))
                .isInstanceOf(StoreException.class)
                .hasMessage("there is no store in " + data());
        assertThat(data()).doesNotExist();
    }

    @Test
    void newer_layout_is_refused_by_writers_and_readers() throws Exception {
        write(List.of());
        try (Database database = opened()) {
            byte[] key = "version".getBytes(StandardCharsets.US_ASCII);
            byte[] newer = ByteBuffer.allocate(4).putInt(Reconciliation.VERSION + 1).array();
            database.run(
                    "write",
                    tables -> {
                        tables.db().put(tables.meta(), key, newer);
                        return null;
                    });
        }
        assertThatThrownBy(() -> RocksStore.open(data()))
                .hasMessageContaining("has layout version 3, this program knows 2");
        assertThatThrownBy(() -> RocksStore.openReadOnly(data()))
                .hasMessageContaining("has layout version 3, this program knows 2");
    }

    @Test
    void closed_store_says_so() throws Exception {
        RocksStore store = RocksStore.open(data(), SIZES);
        WriteSession session = store.blocks().openSession();
        store.close();
        store.close();
        Block block = TestBlocks.random(random, 100);
        assertThatThrownBy(() -> store.blocks().get(block.cid())).hasMessageContaining("closed");
        assertThatThrownBy(() -> session.put(block)).hasMessageContaining("closed");
        AtomicReference<Throwable> onVirtualThread = new AtomicReference<>();
        Thread.ofVirtual()
                .start(() -> onVirtualThread.set(catchThrowable(() -> session.put(block))))
                .join();
        assertThat(onVirtualThread.get())
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("closed");
        session.close();
    }

    @Test
    void corrupt_block_is_an_error_that_names_it() throws Exception {
        List<Block> blocks = TestBlocks.random(random, 4, 50_000);
        write(blocks);
        for (Path file : files())
            if (file.toString().endsWith(".sst")) damage(file, blocks.get(1).bytes());
        try (RocksStore store = RocksStore.open(data())) {
            check(store, List.of(blocks.get(0), blocks.get(2)));
            Cid damaged = blocks.get(1).cid();
            assertThatThrownBy(() -> store.blocks().get(damaged))
                    .isInstanceOf(CorruptBlockException.class)
                    .hasMessageContaining(damaged.hash().toString());
            ByteBuffer buffer = ByteBuffer.allocateDirect(50_000);
            assertThatThrownBy(() -> store.blocks().get(damaged.hash(), buffer))
                    .isInstanceOf(CorruptBlockException.class);
            assertThat(buffer.position()).isZero();
            assertThat(store.blocks().has(damaged.hash())).isTrue();
        }
    }

    /// Flips a bit in the middle of where a file holds some bytes.
    private static void damage(Path file, byte[] wanted) throws IOException {
        byte[] all = Files.readAllBytes(file);
        int mark = 64;
        for (int i = 0; i + wanted.length <= all.length; i++)
            if (java.util.Arrays.equals(all, i, i + mark, wanted, 0, mark))
                all[i + wanted.length / 2] ^= 1;
        Files.write(file, all);
    }

    @Test
    void block_under_a_wrong_name_is_found_by_hashing_it() throws Exception {
        Block right = TestBlocks.random(random, 10);
        Block wrong = Block.stored(right.cid(), new byte[] {1, 2, 3});
        try (RocksStore store = RocksStore.open(data())) {
            store.blocks().put(wrong);
            Blockstore hashing = new HashingBlockstore(store.blocks(), TestBlocks.HASHES);
            assertThat(store.blocks().get(right.cid())).isPresent();
            assertThatThrownBy(() -> hashing.get(right.cid()))
                    .isInstanceOf(CorruptBlockException.class);
            assertThatThrownBy(() -> hashing.get(right.cid().hash(), ByteBuffer.allocate(9)))
                    .isInstanceOf(CorruptBlockException.class);
        }
    }

    /// 40 short runs, as of a command line: logs, tables and the rest stay few.
    @Test
    void files_of_short_runs_do_not_pile_up() throws Exception {
        List<Block> blocks = TestBlocks.random(random, 40, 2000);
        for (Block block : blocks) write(List.of(block));
        assertThat(files()).hasSizeLessThan(40);
        try (RocksStore store = RocksStore.open(data())) {
            check(store, blocks);
        }
    }
}
