package cairn.blockstore.rocks;

import cairn.blockstore.CollectionRunsException;
import cairn.blockstore.StoreException;
import cairn.blockstore.database.Database;
import cairn.blockstore.database.IndexRecord;
import cairn.blockstore.database.Tables;
import cairn.multiformats.Cid;
import cairn.multiformats.Multicodec;
import cairn.multiformats.Multihash;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.rocksdb.RocksDBException;

/// A collection of garbage in the making: first it is told what to keep, block by block, then it
/// sweeps the rest away and gives the space back. Blocks are written, read and pinned meanwhile.
///
/// Only blocks below the horizon can go, which were there before every write session and lease that
/// is open. A collection that isn't swept deletes nothing. For one thread at a time.
public final class GarbageCollection implements AutoCloseable {
    private final Database database;
    private final BulkWriter writer;
    private final Terms terms;
    private final Horizon horizon;
    private final NumberSet kept;
    private final Map<Multicodec, NumberSet> met = new HashMap<>();
    private boolean over;
    private boolean closed;

    private GarbageCollection(
            Database database, BulkWriter writer, Terms terms, Horizon horizon, NumberSet kept) {
        this.database = database;
        this.writer = writer;
        this.terms = terms;
        this.horizon = horizon;
        this.kept = kept;
    }

    /// Begins a collection.
    ///
    /// @throws CollectionRunsException when another one runs
    static GarbageCollection begin(Database database, BulkWriter writer, Terms terms)
            throws StoreException {
        NumberSet kept = new NumberSet();
        Horizon horizon =
                writer.leases()
                        .begin(kept)
                        .orElseThrow(
                                () ->
                                        new CollectionRunsException(
                                                "a collection runs in "
                                                        + database.dir()
                                                        + " already; wait for it to end"));
        return new GarbageCollection(database, writer, terms, horizon, kept);
    }

    /// How a sweep gives way to others.
    ///
    /// @param batch deletions in one step, for which look-ups under leases wait
    /// @param rate of rewriting while others use the store, in bytes a second
    record Terms(int batch, long rate) {
        /// A step takes a few milliseconds; rewriting takes a few hundredths of a core.
        static final Terms POLITE = new Terms(Sweep.BATCH, 64 << 20);

        Terms {
            if (batch < 1 || rate < 1)
                throw new IllegalArgumentException("a batch of " + batch + ", a rate of " + rate);
        }
    }

    /// What [#keep] found.
    public enum Found {
        /// Nothing: the block is not here.
        ABSENT,
        /// A block that is met for the first time under its codec.
        FIRST,
        /// A block that was met before under the same codec.
        AGAIN
    }

    /// What [#sweep] tells of each block that goes.
    @FunctionalInterface
    public interface Listener {
        /// @param length of the block, in bytes
        void removed(Multihash hash, int length) throws IOException;
    }

    /// What a sweep did.
    ///
    /// @param blocks that went
    /// @param bytes of those blocks
    /// @param freed by how many bytes the store became smaller on disk, with all that was written
    ///   meanwhile; less than 0 when it grew
    public record Swept(long blocks, long bytes, long freed) {}

    /// Keeps a block. Codecs are told apart for the sake of who follows links: one block may be met
    /// as raw, without links, and as something with links.
    public Found keep(Cid cid) throws IOException {
        checkRunning();
        IndexRecord record = find(cid);
        if (record == null) return Found.ABSENT;
        kept.add(record.number());
        NumberSet same = met.computeIfAbsent(cid.codec(), _ -> new NumberSet());
        return same.add(record.number()) ? Found.FIRST : Found.AGAIN;
    }

    /// Whether [#keep] has met a block under its codec.
    public boolean isKept(Cid cid) throws IOException {
        checkRunning();
        NumberSet same = met.get(cid.codec());
        if (same == null) return false;
        IndexRecord record = find(cid);
        return record != null && same.contains(record.number());
    }

    private IndexRecord find(Cid cid) throws IOException {
        return database.run("look up " + cid, tables -> database.find(tables, cid.hash()));
    }

    /// What [#remove] did.
    public enum Removal {
        /// The block is gone.
        REMOVED,
        /// There was none.
        ABSENT,
        /// The block is kept, leased, or not below the horizon; it is still there.
        NEEDED
    }

    /// Deletes one block as [#sweep] would, if it would. No look-up under a lease comes between the
    /// last look and the deletion, which isn't synced.
    public Removal remove(Multihash hash) throws IOException {
        checkRunning();
        return database.run(
                "delete block " + hash,
                tables -> writer.leases().exclusively(tables, t -> remove(t, hash)));
    }

    private Removal remove(Tables tables, Multihash hash) throws IOException, RocksDBException {
        IndexRecord record = database.find(tables, hash);
        if (record == null) return Removal.ABSENT;
        if (!horizon.isAbove(record.number())
                || kept.contains(record.number())
                || writer.leases().isLeased(hash, record)) return Removal.NEEDED;
        RocksBlockstore.delete(database, tables, hash, record, writer.sequences());
        return Removal.REMOVED;
    }

    /// Tells what [#sweep] would remove now, and removes nothing.
    ///
    /// @return with nothing freed
    public Swept preview(Listener listener) throws IOException {
        checkRunning();
        return new Sweep(database, writer, horizon, kept, terms.batch(), listener).preview();
    }

    /// Deletes all that is below the horizon, not kept and not leased, and then gives its space
    /// back, with what earlier collections left that were broken off. Broken off itself, it leaves
    /// a whole store with less garbage.
    public Swept sweep(Listener listener) throws IOException {
        checkRunning();
        over = true;
        long before = Space.bytesOnDisk(database);
        Sweep sweep = new Sweep(database, writer, horizon, kept, terms.batch(), listener);
        Swept swept = sweep.run();
        try (Throttle throttle = new Throttle(database, terms.rate())) {
            new Space(database, horizon, throttle).reclaim(sweep.live());
        }
        return new Swept(swept.blocks(), swept.bytes(), before - Space.bytesOnDisk(database));
    }

    private void checkRunning() throws StoreException {
        if (over) throw new StoreException("the collection in " + database.dir() + " is over");
    }

    /// Ends the collection.
    @Override
    public void close() {
        if (closed) return;
        closed = true;
        over = true;
        writer.leases().endCollection();
    }
}
