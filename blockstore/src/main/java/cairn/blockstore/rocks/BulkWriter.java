package cairn.blockstore.rocks;

import cairn.blockstore.Pin;
import cairn.blockstore.database.BlockRecord;
import cairn.blockstore.database.Database;
import cairn.blockstore.database.IndexRecord;
import cairn.blockstore.database.PinRecord;
import cairn.blockstore.database.Tables;

import cairn.multiformats.Block;
import cairn.multiformats.Multihash;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.rocksdb.IngestExternalFileOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/// Takes finished bulk files into the database and its index.
final class BulkWriter implements AutoCloseable {
    /// When a session turns to bulk files, and how large they get.
    ///
    /// @param gathered bytes of block records that are gathered before a file is begun: less goes
    ///   through the log, which writes it twice but syncs once
    /// @param file bytes of block records in a full file: large enough that the syncs at its end
    ///   don't matter, small enough that the database can drop or rewrite it alone
    record Sizes(long gathered, long file) {
        /// What measured best.
        static final Sizes DEFAULT = new Sizes(2 << 20, 64 << 20);

        Sizes {
            if (gathered < 1 || file < gathered)
                throw new IllegalArgumentException("bulk sizes " + gathered + " and " + file);
        }
    }

    /// The key in `meta` of the number below which all bulk blocks are indexed.
    static final byte[] INDEXED = "indexed".getBytes(StandardCharsets.US_ASCII);

    private final Database database;
    private final Sequences sequences;
    private final Leases leases;
    private final Path staging;
    private final Sizes sizes;
    private final Room room;
    private final IngestExternalFileOptions ingestion =
            // A file that overlaps another is an error, and takes no number of RocksDB's own, which
            // are those of the changes in the log, without gaps.
            new IngestExternalFileOptions().setMoveFiles(true).setAllowGlobalSeqNo(false);

    /// Held from looking for a block in the index to writing its record: two files with one block
    /// must not both keep it. The write is to the log only, unsynced.
    private final ReentrantLock indexing = new ReentrantLock();

    /// What is being written through the log, outside of the lock so that sessions side by side
    /// share a sync; guarded by `indexing`.
    private final Set<Multihash> onTheWay = new HashSet<>();

    private final Condition released = indexing.newCondition();

    /// @param staging a folder on the file system of the database
    BulkWriter(Database database, Sequences sequences, Path staging, Sizes sizes, Room room) {
        this.sizes = sizes;
        this.room = room;
        this.database = database;
        this.sequences = sequences;
        leases = new Leases(database, sequences);
        this.staging = staging;
    }

    Sizes sizes() {
        return sizes;
    }

    boolean isFull(BulkFile file) {
        return file.bytes() >= sizes.file() || file.isNumberedOut();
    }

    Sequences sequences() {
        return sequences;
    }

    /// The room for what is written.
    Room room() {
        return room;
    }

    /// The leases of all that is being written or pinned.
    Leases leases() {
        return leases;
    }

    /// Begins a file.
    ///
    /// @param scratch see [BulkFile]
    BulkFile begin(ByteBuffer scratch) throws IOException {
        long first = sequences.reserve(BulkFile.MAX_BLOCKS);
        Path path = staging.resolve(UUID.randomUUID() + ".sst");
        boolean begun = false;
        try {
            BulkFile file =
                    database.run(
                            "begin a file", tables -> new BulkFile(database, path, first, scratch));
            begun = true;
            return file;
        } finally {
            if (!begun) sequences.settle(first);
        }
    }

    /// Finishes, syncs, ingests and indexes a file, and lets go of it. The index is logged, not
    /// synced; what is ingested, an opening would index. So the range of a file that was ingested
    /// and not indexed stays open, and that of a file that wasn't ingested is settled.
    ///
    /// @param lease under which the file was written; holds the copies of its blocks that are
    ///   elsewhere and stay
    /// @param claim of the session; `claimed` bytes of it were taken for the file
    void take(BulkFile file, Lease lease, Room.Claim claim, long claimed) throws IOException {
        boolean ingested = false;
        try (file) {
            database.throughGate(
                    () -> {
                        file.finish();
                        return null;
                    });
            String what = "take in " + file.entries().size() + " blocks";
            claim.land(claimed, () -> database.run(what, tables -> ingest(tables, file)));
            ingested = true;
            database.run(what, tables -> index(tables, file, lease));
        } finally {
            if (!ingested) sequences.settle(file.first());
        }
    }

    private Void ingest(Tables tables, BulkFile file) throws RocksDBException {
        tables.db().ingestExternalFile(tables.blocks(), List.of(file.path().toString()), ingestion);
        return null;
    }

    private Void index(Tables tables, BulkFile file, Lease lease)
            throws RocksDBException, IOException {
        indexing.lock();
        try (WriteBatch batch = new WriteBatch()) {
            awaitNone(file.entries().stream().map(BulkFile.Entry::hash).toList());
            List<BulkFile.Entry> needless = new ArrayList<>();
            long added = 0;
            for (BulkFile.Entry entry : file.entries()) {
                IndexRecord known = leases.find(tables, entry.hash(), lease);
                if (known == null) {
                    batch.put(tables.index(), entry.hash().bytes(), entry.record().encode());
                    added++;
                } else if (!replace(tables, entry, known, lease)) needless.add(entry);
            }
            if (!needless.isEmpty()) leases.exclusively(tables, t -> delete(t, needless));
            IndexCount.change(tables, batch, added);
            batch.put(
                    tables.meta(), INDEXED, IndexRecord.key(sequences.settledAfter(file.first())));
            tables.db().write(database.logged(), batch);
            sequences.settle(file.first());
            return null;
        } finally {
            indexing.unlock();
        }
    }

    /// Deletes what was ingested of blocks that are elsewhere already.
    private Void delete(Tables tables, List<BulkFile.Entry> needless) throws RocksDBException {
        try (WriteBatch batch = new WriteBatch()) {
            for (BulkFile.Entry entry : needless)
                batch.delete(tables.blocks(), entry.record().key());
            Reconciliation.mark(tables, batch, sequences.next());
            tables.db().write(database.logged(), batch);
        }
        return null;
    }

    /// Puts a block that was written in the place of a damaged copy, which is deleted.
    ///
    /// @param known what the index says of the block
    /// @return whether that is the damaged copy
    private boolean replace(Tables tables, BulkFile.Entry entry, IndexRecord known, Lease lease)
            throws RocksDBException, IOException {
        if (!lease.isToReplace(entry.hash(), known)) return false;
        return leases.exclusively(
                tables,
                t -> {
                    if (!known.equals(database.find(t, entry.hash()))) return false;
                    try (WriteBatch batch = new WriteBatch()) {
                        batch.put(t.index(), entry.hash().bytes(), entry.record().encode());
                        batch.delete(t.family(known), known.key());
                        Reconciliation.mark(t, batch, sequences.next());
                        t.db().write(database.logged(), batch);
                    }
                    leases.replace(known, entry.record());
                    return true;
                });
    }

    /// Writes blocks, their index records and pins through the log: one batch, synced. It takes
    /// effect whole or not at all, and not without what was logged before it: the index of bulk
    /// files, and blocks of other sessions that this one relies on. A block that came by another
    /// way meanwhile is leased instead.
    void log(Tables tables, Collection<Block> blocks, List<Pin> pins, Lease lease)
            throws RocksDBException, IOException {
        List<Block> ours = claim(tables, blocks, lease);
        try (WriteBatch batch = new WriteBatch()) {
            long added = 0;
            for (Block block : ours) {
                Multihash hash = block.cid().hash();
                IndexRecord record = new IndexRecord(sequences.loose(), block.size());
                byte[] stored = BlockRecord.encode(block);
                IndexRecord damaged = leases.find(tables, hash, lease);
                if (damaged != null) {
                    tables.db().put(tables.loose(), database.logged(), record.key(), stored);
                    BulkFile.Entry entry = new BulkFile.Entry(hash, record);
                    if (replace(tables, entry, damaged, lease)) continue;
                    // The damaged copy was deleted meanwhile.
                }
                batch.put(tables.loose(), record.key(), stored);
                batch.put(tables.index(), hash.bytes(), record.encode());
                added++;
            }
            IndexCount.change(tables, batch, added);
            for (Pin pin : pins) batch.put(tables.pins(), pin.cid().bytes(), PinRecord.encode(pin));
            leases.pinning(
                    tables,
                    pins,
                    t -> {
                        t.db().write(database.synced(), batch);
                        return null;
                    });
        } finally {
            release(ours);
        }
    }

    /// Those of some blocks that the index doesn't have, or damaged copies of; nobody else writes
    /// them until [#release].
    private List<Block> claim(Tables tables, Collection<Block> blocks, Lease lease)
            throws RocksDBException, IOException {
        List<Block> ours = new ArrayList<>();
        if (blocks.isEmpty()) return ours;
        List<Multihash> hashes = blocks.stream().map(block -> block.cid().hash()).toList();
        indexing.lock();
        try {
            awaitNone(hashes);
            for (Block block : blocks) {
                IndexRecord known = leases.find(tables, block.cid().hash(), lease);
                if (known == null || lease.isToReplace(block.cid().hash(), known)) ours.add(block);
            }
            for (Block block : ours) onTheWay.add(block.cid().hash());
            return ours;
        } finally {
            indexing.unlock();
        }
    }

    private void release(List<Block> ours) {
        if (ours.isEmpty()) return;
        indexing.lock();
        try {
            for (Block block : ours) onTheWay.remove(block.cid().hash());
            released.signalAll();
        } finally {
            indexing.unlock();
        }
    }

    /// Waits, without the lock, until nobody is writing any of some blocks through the log. Whoever
    /// waits has claimed nothing, so two can't wait for one another.
    private void awaitNone(List<Multihash> hashes) {
        while (!onTheWay.isEmpty() && hashes.stream().anyMatch(onTheWay::contains))
            released.awaitUninterruptibly();
    }

    /// Says in the index that all files below the first open range are indexed: blocks that are
    /// deleted there don't come back at the next opening. Logged, not synced.
    void markIndexed(Tables tables) throws RocksDBException {
        indexing.lock();
        try {
            byte[] settled = IndexRecord.key(sequences.settled());
            tables.db().put(tables.meta(), database.logged(), INDEXED, settled);
        } finally {
            indexing.unlock();
        }
    }

    /// Drops a file that was not taken.
    void drop(BulkFile file) throws IOException {
        sequences.settle(file.first());
        file.close();
    }

    @Override
    public void close() {
        ingestion.close();
    }
}
