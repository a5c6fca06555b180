package cairn.blockstore.rocks;

import static org.assertj.core.api.Assertions.assertThat;

import cairn.blockstore.TestBlocks;
import cairn.blockstore.database.BlockRecord;
import cairn.blockstore.database.Database;
import cairn.multiformats.Block;
import cairn.multiformats.Multihash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rocksdb.WriteBatch;

/// What a check finds in stores that were damaged in one place each.
final class VerificationTest {
    /// Several files of several blocks each.
    private static final BulkWriter.Sizes SIZES = new BulkWriter.Sizes(64 << 10, 256 << 10);

    @TempDir Path temp;
    private final Random random = new Random(31);
    private final List<Block> bulk = TestBlocks.random(random, 60, 20_000);
    private final List<Block> loose = TestBlocks.random(random, 40, 100);

    /// What a check told.
    private static final class Told implements Verification.Listener {
        final Map<Multihash, Verification.Fault> damaged = new HashMap<>();
        final List<String> unreadable = new ArrayList<>();
        long blocks;

        @Override
        public void read(long blocks, long bytes) {
            this.blocks = blocks;
        }

        @Override
        public void unreadable(String file, String reason) {
            unreadable.add(file);
        }

        @Override
        public void damaged(Multihash hash, Verification.Fault fault) {
            damaged.put(hash, fault);
        }
    }

    private void write() throws IOException {
        try (RocksStore store = RocksStore.open(temp, SIZES)) {
            store.blocks().putAll(bulk);
            store.blocks().putAll(loose);
        }
    }

    private Verification.Result verify(Told told) throws IOException {
        try (RocksStore store = RocksStore.openReadOnly(temp)) {
            return store.verification(TestBlocks.HASHES).run(told);
        }
    }

    @Test
    void a_whole_store_has_nothing_to_tell() throws Exception {
        write();
        Told told = new Told();
        long bytes = 60 * 20_000 + 40 * 100;
        assertThat(verify(told)).isEqualTo(new Verification.Result(100, bytes, 0, 0, 0, 0));
        assertThat(told.damaged).isEmpty();
        assertThat(told.blocks).isEqualTo(100);
    }

    @Test
    void an_empty_store_is_whole() throws Exception {
        try (RocksStore store = RocksStore.open(temp)) {
            assertThat(store.verification(TestBlocks.HASHES).run(new Told()))
                    .isEqualTo(new Verification.Result(0, 0, 0, 0, 0, 0));
        }
    }

    /// First, in the middle, and last.
    @ParameterizedTest
    @ValueSource(ints = {0, 30, 59})
    void a_flipped_bit_names_its_block_and_file_and_no_other(int index) throws Exception {
        write();
        Block block = bulk.get(index);
        Path file = flip(block);
        Told told = new Told();
        Verification.Result result = verify(told);
        assertThat(told.damaged).containsOnlyKeys(block.cid().hash());
        assertThat(told.damaged.get(block.cid().hash()).missing()).isFalse();
        assertThat(told.unreadable).containsExactly(file.getFileName().toString());
        assertThat(result.damaged()).isEqualTo(1);
        assertThat(result.blocks()).isEqualTo(100);
    }

    /// Flips a bit of a block where it lies.
    ///
    /// @return the file
    private Path flip(Block block) throws IOException {
        try (var files = Files.newDirectoryStream(temp, "*.sst")) {
            for (Path file : files) {
                byte[] bytes = Files.readAllBytes(file);
                int at = indexOf(bytes, block.bytes());
                if (at < 0) continue;
                bytes[at + 7] ^= 4;
                Files.write(file, bytes);
                return file;
            }
        }
        throw new AssertionError("the block is in no file");
    }

    private static int indexOf(byte[] bytes, byte[] part) {
        for (int i = 0; i <= bytes.length - part.length; i++)
            if (bytes[i] == part[0]
                    && java.util.Arrays.equals(bytes, i, i + part.length, part, 0, part.length))
                return i;
        return -1;
    }

    @Test
    void other_bytes_under_a_good_checksum_are_found_by_their_hash() throws Exception {
        write();
        Multihash hash = loose.get(3).cid().hash();
        byte[] record = BlockRecord.encode(loose.get(3));
        record[50] ^= 1;
        change(hash, record);
        Told told = new Told();
        verify(told);
        assertThat(told.damaged)
                .containsExactly(
                        Map.entry(
                                hash,
                                new Verification.Fault(false, "its bytes have another hash")));
    }

    @Test
    void a_block_whose_record_is_gone_is_missing() throws Exception {
        write();
        Multihash hash = bulk.get(3).cid().hash();
        change(hash, null);
        Told told = new Told();
        assertThat(verify(told).damaged()).isEqualTo(1);
        assertThat(told.damaged.get(hash).missing()).isTrue();
    }

    @Test
    void a_record_under_another_blocks_name_is_no_substitute() throws Exception {
        write();
        Multihash hash = bulk.get(3).cid().hash();
        change(hash, BlockRecord.encode(bulk.get(4)));
        Told told = new Told();
        Verification.Result result = verify(told);
        assertThat(told.damaged).containsOnlyKeys(hash);
        assertThat(result.unnamed()).isEqualTo(1);
    }

    @Test
    void records_that_the_index_does_not_name_are_counted_and_do_no_harm() throws Exception {
        write();
        Multihash hash = bulk.get(3).cid().hash();
        try (Database database = Database.open(temp)) {
            database.run(
                    "write",
                    tables -> {
                        tables.db().delete(tables.index(), hash.bytes());
                        return null;
                    });
        }
        Told told = new Told();
        Verification.Result result = verify(told);
        assertThat(told.damaged).isEmpty();
        assertThat(result.unnamed()).isEqualTo(1);
        assertThat(result.blocks()).isEqualTo(99);
    }

    /// Replaces a block's record, or deletes it.
    private void change(Multihash hash, byte[] record) throws IOException {
        try (Database database = Database.open(temp)) {
            database.run(
                    "write",
                    tables -> {
                        var index = database.find(tables, hash);
                        if (record == null) tables.db().delete(tables.family(index), index.key());
                        else tables.db().put(tables.family(index), index.key(), record);
                        return null;
                    });
        }
    }

    @Test
    void dropping_forgets_what_is_damaged_and_nothing_else() throws Exception {
        write();
        flip(bulk.get(5));
        // The last record is what an opening looks for.
        flip(bulk.getLast());
        change(loose.get(5).cid().hash(), null);
        try (RocksStore store = RocksStore.open(temp, SIZES)) {
            Verification check = store.verification(TestBlocks.HASHES);
            Told told = new Told();
            check.run(told);
            assertThat(told.damaged).hasSize(3);
            for (Multihash hash : told.damaged.keySet()) assertThat(check.drop(hash)).isTrue();
            assertThat(check.drop(bulk.get(6).cid().hash())).isFalse();
            assertThat(store.count()).isEqualTo(97).isEqualTo(IndexCountTest.counted(store));
            store.blocks().put(bulk.get(5));
        }
        Told told = new Told();
        verify(told);
        assertThat(told.damaged).isEmpty();
    }

    /// As after damage that RocksDB took for whole.
    @Test
    void a_count_that_is_wrong_is_told() throws Exception {
        write();
        try (Database database = Database.open(temp)) {
            database.run(
                    "miscount",
                    tables -> {
                        try (WriteBatch batch = new WriteBatch()) {
                            IndexCount.change(tables, batch, 3);
                            tables.db().write(database.synced(), batch);
                        }
                        return null;
                    });
        }
        assertThat(verify(new Told()).miscounted()).isEqualTo(3);
    }

    @Test
    void it_finds_nothing_wrong_beside_a_writer_that_deletes_and_collects() throws Exception {
        write();
        try (RocksStore writer = RocksStore.open(temp, SIZES);
                RocksStore reader = RocksStore.openReadOnly(temp)) {
            for (Block block : bulk.subList(0, 40)) writer.blocks().delete(block.cid().hash());
            try (GarbageCollection collection = writer.collect()) {
                for (Block block : bulk.subList(40, 60)) collection.keep(block.cid());
                collection.sweep((hash, length) -> {});
            }
            writer.blocks().putAll(TestBlocks.random(random, 20, 20_000));
            Told told = new Told();
            reader.verification(TestBlocks.HASHES).run(told);
            assertThat(told.damaged).isEmpty();
            assertThat(told.unreadable).isEmpty();
        }
    }
}
