package cairn.blockstore.rocks;

import cairn.blockstore.Blockstore;
import cairn.blockstore.CorruptBlockException;
import cairn.blockstore.StoreException;
import cairn.blockstore.WriteSession;
import cairn.blockstore.database.BlockRecord;
import cairn.blockstore.database.Database;
import cairn.blockstore.database.Failures;
import cairn.blockstore.database.IndexRecord;
import cairn.blockstore.database.Tables;

import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import cairn.multiformats.Multihash;
import java.io.IOException;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/// The blocks in RocksDB: looked up in the index, read by their sequence number.
final class RocksBlockstore implements Blockstore {
    /// Blocks from this size on don't go to the cache: few of them would fill it.
    private static final int LARGE = 32 << 10;

    private final Database database;
    private final BulkWriter writer;

    /// @param writer null for a store that is open for reading only
    RocksBlockstore(Database database, BulkWriter writer) {
        this.database = database;
        this.writer = writer;
    }

    @Override
    public Optional<Block> get(Cid cid) throws IOException {
        byte[] bytes = database.run("read block " + cid, tables -> read(tables, cid.hash()));
        return bytes == null ? Optional.empty() : Optional.of(Block.stored(cid, bytes));
    }

    private byte[] read(Tables tables, Multihash hash) throws IOException, RocksDBException {
        IndexRecord record = database.find(tables, hash);
        while (record != null) {
            byte[] bytes = new byte[record.length()];
            int found = readInto(tables, hash, record, bytes);
            if (found != RocksDB.NOT_FOUND) {
                checkLength(hash, record, found);
                return bytes;
            }
            record = afterMiss(tables, hash, record);
        }
        return null;
    }

    private int readInto(Tables tables, Multihash hash, IndexRecord record, byte[] into)
            throws CorruptBlockException, RocksDBException {
        try {
            return tables.db().get(tables.family(record), options(record), record.key(), into);
        } catch (RocksDBException e) {
            throw asCorrupt(hash, e);
        }
    }

    @Override
    public OptionalInt get(Multihash hash, ByteBuffer into) throws IOException {
        return database.run("read block " + hash, tables -> read(tables, hash, into));
    }

    private OptionalInt read(Tables tables, Multihash hash, ByteBuffer into)
            throws IOException, RocksDBException {
        if (!into.isDirect()) {
            IndexRecord record = database.find(tables, hash);
            if (record != null && record.length() > into.remaining())
                throw new BufferOverflowException();
            byte[] bytes = read(tables, hash);
            if (bytes == null) return OptionalInt.empty();
            into.put(bytes);
            return OptionalInt.of(bytes.length);
        }
        IndexRecord record = database.find(tables, hash);
        while (record != null) {
            if (record.length() > into.remaining()) throw new BufferOverflowException();
            int found = readDirect(tables, hash, record, into);
            if (found != RocksDB.NOT_FOUND) {
                checkLength(hash, record, found);
                into.position(into.position() + record.length());
                return OptionalInt.of(record.length());
            }
            record = afterMiss(tables, hash, record);
        }
        return OptionalInt.empty();
    }

    private int readDirect(Tables tables, Multihash hash, IndexRecord record, ByteBuffer into)
            throws CorruptBlockException, RocksDBException {
        ByteBuffer key = ByteBuffer.allocateDirect(Long.BYTES).putLong(record.number()).flip();
        ByteBuffer room = into.slice(into.position(), record.length());
        try {
            return tables.db().get(tables.family(record), options(record), key, room);
        } catch (RocksDBException e) {
            throw asCorrupt(hash, e);
        }
    }

    private ReadOptions options(IndexRecord record) {
        return record.length() >= LARGE ? database.uncached() : database.cached();
    }

    /// What the index says now that a record's bytes were not found: another place or nothing, when
    /// the block was deleted meanwhile.
    private IndexRecord afterMiss(Tables tables, Multihash hash, IndexRecord missed)
            throws IOException, RocksDBException {
        IndexRecord now = database.find(tables, hash);
        if (missed.equals(now))
            throw new CorruptBlockException(hash, "the index names it, its bytes are gone", null);
        return now;
    }

    private static void checkLength(Multihash hash, IndexRecord record, int found)
            throws CorruptBlockException {
        int wanted = BlockRecord.size(hash, record.length());
        if (found != wanted)
            throw new CorruptBlockException(
                    hash, "its record has " + found + " bytes instead of " + wanted, null);
    }

    private static RocksDBException asCorrupt(Multihash hash, RocksDBException e)
            throws CorruptBlockException {
        if (Failures.isCorruption(e)) throw new CorruptBlockException(hash, e.getMessage(), e);
        return e;
    }

    @Override
    public boolean has(Multihash hash) throws IOException {
        return size(hash).isPresent();
    }

    @Override
    public OptionalInt size(Multihash hash) throws IOException {
        IndexRecord record = database.run("look up " + hash, tables -> database.find(tables, hash));
        return record == null ? OptionalInt.empty() : OptionalInt.of(record.length());
    }

    @Override
    public void put(Block block) throws IOException {
        putAll(List.of(block));
    }

    @Override
    public void putAll(Collection<Block> blocks) throws IOException {
        try (WriteSession session = openSession()) {
            for (Block block : blocks) session.put(block);
            session.commit(List.of());
        }
    }

    @Override
    public WriteSession openSession() throws IOException {
        return new RocksWriteSession(this, database, writable());
    }

    private BulkWriter writable() throws StoreException {
        if (writer == null) throw new StoreException(database.dir() + " is open for reading only");
        return writer;
    }

    @Override
    public boolean delete(Multihash hash) throws IOException {
        BulkWriter bulk = writable();
        return database.run(
                "delete block " + hash,
                tables ->
                        bulk.leases().exclusively(tables, t -> delete(t, hash, bulk.sequences())));
    }

    private boolean delete(Tables tables, Multihash hash, Sequences sequences)
            throws IOException, RocksDBException {
        IndexRecord record = database.find(tables, hash);
        if (record != null) delete(database, tables, hash, record, sequences);
        return record != null;
    }

    /// Where a block lies; null when it is not here.
    IndexRecord find(Multihash hash) throws IOException {
        return database.run("look up " + hash, tables -> database.find(tables, hash));
    }

    /// Deletes a block, in [Leases#exclusively]; logged, not synced.
    static void delete(
            Database database,
            Tables tables,
            Multihash hash,
            IndexRecord record,
            Sequences sequences)
            throws RocksDBException {
        try (WriteBatch batch = new WriteBatch()) {
            batch.delete(tables.index(), hash.bytes());
            batch.delete(tables.family(record), record.key());
            IndexCount.change(tables, batch, -1);
            Reconciliation.mark(tables, batch, sequences.next());
            tables.db().write(database.logged(), batch);
        }
    }

    @Override
    public void forEach(Visitor visitor) throws IOException {
        byte[] after = new byte[0];
        while (true) {
            byte[] from = after;
            List<BulkFile.Entry> page =
                    database.run("list blocks", tables -> Sweep.page(database, tables, from));
            for (BulkFile.Entry entry : page)
                if (!visitor.visit(entry.hash(), entry.record().length())) return;
            if (page.isEmpty()) return;
            after = page.getLast().hash().bytes();
        }
    }
}
