package cairn.blockstore.rocks;

import cairn.blockstore.StoreException;
import cairn.blockstore.database.BlockRecord;
import cairn.blockstore.database.Database;
import cairn.blockstore.database.Failures;
import cairn.blockstore.database.IndexRecord;
import cairn.blockstore.database.TableFile;
import cairn.blockstore.database.Tables;

import cairn.multiformats.Multihash;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.FlushOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;

/// What an opening for writing does first: checks the version of the layout, clears the staging
/// folder, and indexes what was ingested and not indexed when the last writer ended. On a store
/// that was left clean it looks at five keys.
final class Reconciliation {
    /// The version of the layout that this code reads and writes.
    static final int VERSION = 2;

    private static final byte[] VERSION_KEY = "version".getBytes(StandardCharsets.US_ASCII);
    private static final int BATCH = 10_000;

    /// The keys in `meta` of the numbers above all that were used when a block was last deleted:
    /// without them those of deleted blocks at the end would be used again.
    private static final byte[] BULK_MARK = "bulk-mark".getBytes(StandardCharsets.US_ASCII);

    private static final byte[] LOOSE_MARK = "loose-mark".getBytes(StandardCharsets.US_ASCII);

    private Reconciliation() {}

    /// Reconciles.
    ///
    /// @return the numbers to go on with
    static Sequences run(Database database, Path staging) throws IOException {
        Files.createDirectories(staging);
        try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(staging)) {
            for (Path leftover : leftovers) Files.delete(leftover);
        }
        return database.run(
                "open the store",
                tables -> {
                    int version = version(database, tables);
                    if (version == 0) putVersion(database, tables);
                    else if (version < VERSION) upgrade(database, tables);
                    long indexed = number(tables.db().get(tables.meta(), BulkWriter.INDEXED), 0);
                    long nextBulk = Math.max(indexed, nextBulk(database, tables));
                    long nextLoose =
                            next(database, tables, tables.loose(), IndexRecord.FIRST_LOOSE);
                    Horizon next =
                            new Horizon(
                                    Math.max(nextBulk, mark(tables, BULK_MARK, 0)),
                                    Math.max(
                                            nextLoose,
                                            mark(tables, LOOSE_MARK, IndexRecord.FIRST_LOOSE)));
                    if (nextBulk > indexed) index(database, tables, indexed, nextBulk, next);
                    return new Sequences(next.bulk(), next.loose());
                });
    }

    /// The version of the layout; 0 when none is written yet.
    ///
    /// @throws StoreException when it is newer than this code
    static int version(Database database, Tables tables) throws IOException, RocksDBException {
        byte[] version = tables.db().get(tables.meta(), VERSION_KEY);
        if (version == null) return 0;
        if (version.length != Integer.BYTES || ByteBuffer.wrap(version).getInt() < 1)
            throw new StoreException(database.dir() + " has a damaged version record");
        int found = ByteBuffer.wrap(version).getInt();
        if (found > VERSION)
            throw new StoreException(
                    database.dir()
                            + " has layout version "
                            + found
                            + ", this program knows "
                            + VERSION
                            + "; use a newer program");
        return found;
    }

    private static void putVersion(Database database, Tables tables) throws RocksDBException {
        tables.db().put(tables.meta(), database.logged(), VERSION_KEY, encode(VERSION));
    }

    /// From version 1 to 2: counts the index. One synced batch, so a kill leaves either version.
    private static void upgrade(Database database, Tables tables)
            throws RocksDBException, IOException {
        try (WriteBatch batch = new WriteBatch()) {
            IndexCount.set(tables, batch, IndexCount.recount(database, tables));
            batch.put(tables.meta(), VERSION_KEY, encode(VERSION));
            tables.db().write(database.synced(), batch);
        }
    }

    /// From version 2 to 1, for who wants to go back to an older program: takes the count away, and
    /// all that is left of its merges, which that program couldn't read.
    static void downgrade(Database database, Tables tables) throws RocksDBException {
        try (WriteBatch batch = new WriteBatch()) {
            IndexCount.remove(tables, batch);
            batch.put(tables.meta(), VERSION_KEY, encode(1));
            tables.db().write(database.synced(), batch);
        }
        try (FlushOptions flush = new FlushOptions().setWaitForFlush(true)) {
            tables.db().flush(flush, tables.meta());
        }
        tables.db().compactRange(tables.meta());
    }

    private static long mark(Tables tables, byte[] key, long otherwise)
            throws RocksDBException, StoreException {
        return number(tables.db().get(tables.meta(), key), otherwise);
    }

    /// Adds to a batch that all numbers below `next` were used: what deletes blocks must. Not two
    /// threads at once may, from taking `next` to writing the batch, as marks only grow.
    static void mark(Tables tables, WriteBatch batch, Horizon next) throws RocksDBException {
        batch.put(tables.meta(), BULK_MARK, IndexRecord.key(next.bulk()));
        batch.put(tables.meta(), LOOSE_MARK, IndexRecord.key(next.loose()));
    }

    private static byte[] encode(int version) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(version).array();
    }

    private static long number(byte[] value, long otherwise) throws StoreException {
        if (value == null) return otherwise;
        if (value.length != Long.BYTES)
            throw new StoreException("a sequence number of " + value.length + " bytes");
        return ByteBuffer.wrap(value).getLong();
    }

    /// The number after the last one of `blocks`. When that record can't be read, what the tables
    /// say of themselves will do: nothing of this family is anywhere else.
    private static long nextBulk(Database database, Tables tables)
            throws RocksDBException, StoreException {
        try {
            return next(database, tables, tables.blocks(), 0);
        } catch (RocksDBException e) {
            if (!Failures.isCorruption(e)) throw e;
            return 1
                    + TableFile.list(tables, tables.blocks()).stream()
                            .mapToLong(TableFile::last)
                            .max()
                            .orElse(-1);
        }
    }

    /// The number after the last one of a family.
    private static long next(
            Database database, Tables tables, ColumnFamilyHandle family, long otherwise)
            throws RocksDBException, StoreException {
        try (RocksIterator i = tables.db().newIterator(family, database.uncached())) {
            i.seekToLast();
            if (i.isValid()) return number(i.key(), otherwise) + 1;
            i.status();
            return otherwise;
        }
    }

    private static void index(Database database, Tables tables, long from, long end, Horizon next)
            throws RocksDBException, IOException {
        try (RocksIterator i = tables.db().newIterator(tables.blocks(), database.uncached());
                WriteBatch batch = new WriteBatch()) {
            Set<Multihash> batched = new HashSet<>();
            long added = 0;
            for (i.seek(IndexRecord.key(from)); i.isValid(); i.next()) {
                BlockRecord block = BlockRecord.decode(i.value());
                IndexRecord record = new IndexRecord(number(i.key(), 0), block.length());
                IndexRecord known = database.find(tables, block.hash());
                // The look-up doesn't see what is in the batch.
                if (known == null && batched.add(block.hash())) {
                    batch.put(tables.index(), block.hash().bytes(), record.encode());
                    added++;
                } else if (!record.equals(known)) {
                    batch.delete(tables.blocks(), record.key());
                }
                if (batch.count() >= BATCH) {
                    mark(tables, batch, next);
                    IndexCount.change(tables, batch, added);
                    tables.db().write(database.logged(), batch);
                    batch.clear();
                    batched.clear();
                    added = 0;
                }
            }
            i.status();
            mark(tables, batch, next);
            IndexCount.change(tables, batch, added);
            batch.put(tables.meta(), BulkWriter.INDEXED, IndexRecord.key(end));
            tables.db().write(database.synced(), batch);
        }
    }
}
