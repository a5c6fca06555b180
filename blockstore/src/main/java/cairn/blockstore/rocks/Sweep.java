package cairn.blockstore.rocks;

import cairn.blockstore.database.Database;
import cairn.blockstore.database.IndexRecord;
import cairn.blockstore.database.TableFile;
import cairn.blockstore.database.Tables;

import cairn.multiformats.MalformedException;
import cairn.multiformats.Multihash;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;

/// The first half of a sweep: goes over the index, never over the blocks, and takes out of it what
/// is garbage. From then on nobody finds those blocks; [Space] gives back what they take.
final class Sweep {
    /// Records held at a time.
    private static final int PAGE = 4096;

    /// So many deletions in one step, for which look-ups under leases wait a few milliseconds.
    static final int BATCH = 256;

    private final Database database;
    private final BulkWriter writer;
    private final Horizon horizon;
    private final NumberSet kept;
    private final int batch;
    private final GarbageCollection.Listener listener;
    private Live live;
    private long blocks;
    private long bytes;

    /// @param batch deletions in one step, at most
    Sweep(
            Database database,
            BulkWriter writer,
            Horizon horizon,
            NumberSet kept,
            int batch,
            GarbageCollection.Listener listener) {
        this.database = database;
        this.writer = writer;
        this.horizon = horizon;
        this.kept = kept;
        this.batch = batch;
        this.listener = listener;
    }

    @FunctionalInterface
    private interface Step {
        void on(List<BulkFile.Entry> candidates) throws IOException;
    }

    /// Tells what is garbage.
    GarbageCollection.Swept preview() throws IOException {
        return run(
                candidates -> {
                    for (BulkFile.Entry entry : candidates)
                        if (!writer.leases().isLeased(entry.hash(), entry.record())) tell(entry);
                });
    }

    /// Takes it out of the index; synced on return.
    GarbageCollection.Swept run() throws IOException {
        GarbageCollection.Swept swept = run(this::delete);
        database.run("collect garbage", this::seal);
        return swept;
    }

    /// What is left in the index.
    Live live() {
        return live;
    }

    private GarbageCollection.Swept run(Step step) throws IOException {
        long looseEnd = writer.sequences().next().loose();
        live =
                database.run(
                        "collect garbage",
                        tables -> new Live(TableFile.list(tables, tables.blocks()), looseEnd));
        List<BulkFile.Entry> candidates = new ArrayList<>();
        byte[] after = new byte[0];
        while (true) {
            byte[] from = after;
            List<BulkFile.Entry> page =
                    database.run("list blocks", tables -> page(database, tables, from));
            for (BulkFile.Entry entry : page) {
                if (!isCandidate(entry.record())) {
                    live.add(entry.hash(), entry.record());
                    continue;
                }
                candidates.add(entry);
                if (candidates.size() < batch) continue;
                step.on(candidates);
                candidates.clear();
            }
            if (page.size() < PAGE) break;
            after = page.getLast().hash().bytes();
        }
        step.on(candidates);
        return new GarbageCollection.Swept(blocks, bytes, 0);
    }

    private boolean isCandidate(IndexRecord record) {
        return horizon.isAbove(record.number()) && !kept.contains(record.number());
    }

    private void delete(List<BulkFile.Entry> candidates) throws IOException {
        List<BulkFile.Entry> deleted =
                database.run(
                        "collect garbage",
                        tables -> writer.leases().exclusively(tables, t -> delete(t, candidates)));
        for (BulkFile.Entry entry : deleted) tell(entry);
    }

    private List<BulkFile.Entry> delete(Tables tables, List<BulkFile.Entry> candidates)
            throws RocksDBException, IOException {
        List<BulkFile.Entry> deleted = new ArrayList<>();
        try (WriteBatch deletions = new WriteBatch()) {
            for (BulkFile.Entry entry : candidates) {
                IndexRecord now = database.find(tables, entry.hash());
                if (now == null) continue;
                if (!isCandidate(now) || writer.leases().isLeased(entry.hash(), now)) {
                    live.add(entry.hash(), now);
                    continue;
                }
                deletions.delete(tables.index(), entry.hash().bytes());
                deleted.add(entry);
            }
            IndexCount.change(tables, deletions, -deleted.size());
            tables.db().write(database.logged(), deletions);
        }
        return deleted;
    }

    private void tell(BulkFile.Entry entry) throws IOException {
        blocks++;
        bytes += entry.record().length();
        listener.removed(entry.hash(), entry.record().length());
    }

    /// Syncs all deletions, with what an opening must know before block records may go. Whoever
    /// indexes looks up under the lock of the index, so that one is never taken inside of the
    /// other.
    private Void seal(Tables tables) throws RocksDBException, IOException {
        writer.markIndexed(tables);
        return writer.leases().exclusively(tables, this::sync);
    }

    private Void sync(Tables tables) throws RocksDBException {
        try (WriteBatch marks = new WriteBatch()) {
            Reconciliation.mark(tables, marks, writer.sequences().next());
            tables.db().write(database.synced(), marks);
        }
        return null;
    }

    /// The next records of the index whose keys are greater than `after`, a page at most.
    static List<BulkFile.Entry> page(Database database, Tables tables, byte[] after)
            throws RocksDBException, MalformedException {
        List<BulkFile.Entry> page = new ArrayList<>();
        try (RocksIterator i = tables.db().newIterator(tables.index(), database.uncached())) {
            // Keys are prefix-free, so the least key after one is that key with a byte more.
            for (i.seek(Arrays.copyOf(after, after.length + 1));
                    i.isValid() && page.size() < PAGE;
                    i.next())
                page.add(new BulkFile.Entry(Multihash.of(i.key()), IndexRecord.decode(i.value())));
            i.status();
        }
        return page;
    }
}
