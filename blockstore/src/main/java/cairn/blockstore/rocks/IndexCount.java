package cairn.blockstore.rocks;

import cairn.blockstore.StoreException;
import cairn.blockstore.database.Database;
import cairn.blockstore.database.Tables;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;

/// The number of records in the index, exact at any moment: every batch that changes the index
/// changes it too, by a merge, which needs no look at what it was.
///
/// It is 8 bytes under a key of `meta`, little-endian, as RocksDB's operator for sums has it. Who
/// puts a record must know that none is there, under the lock of the index; who deletes one, that
/// it is, under that of look-ups.
final class IndexCount {
    private static final byte[] KEY = "count".getBytes(StandardCharsets.US_ASCII);

    private IndexCount() {}

    /// Adds to a batch that so many records come, or go when it is less than 0.
    static void change(Tables tables, WriteBatch batch, long by) throws RocksDBException {
        if (by != 0) batch.merge(tables.meta(), KEY, encode(by));
    }

    /// Adds to a batch what the count is.
    static void set(Tables tables, WriteBatch batch, long count) throws RocksDBException {
        batch.put(tables.meta(), KEY, encode(count));
    }

    /// Adds to a batch that no count is kept, as in version 1 of the layout.
    static void remove(Tables tables, WriteBatch batch) throws RocksDBException {
        batch.delete(tables.meta(), KEY);
    }

    /// The count that is kept. In a store of version 1 none is; there they are counted one by one.
    static long get(Database database, Tables tables) throws RocksDBException, IOException {
        if (Reconciliation.version(database, tables) == 1) return recount(database, tables);
        byte[] value = tables.db().get(tables.meta(), database.cached(), KEY);
        if (value == null) return 0;
        if (value.length != Long.BYTES)
            throw new StoreException("a count of blocks of " + value.length + " bytes");
        return ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN).getLong();
    }

    /// Counts the records of the index one by one.
    static long recount(Database database, Tables tables) throws RocksDBException, IOException {
        long count = 0;
        try (RocksIterator i = tables.db().newIterator(tables.index(), database.uncached())) {
            for (i.seekToFirst(); i.isValid(); i.next()) count++;
            i.status();
        }
        return count;
    }

    private static byte[] encode(long number) {
        return ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(number)
                .array();
    }
}
