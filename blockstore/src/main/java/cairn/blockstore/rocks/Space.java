package cairn.blockstore.rocks;

import cairn.blockstore.DiskFullException;
import cairn.blockstore.StoreException;
import cairn.blockstore.database.Database;
import cairn.blockstore.database.IndexRecord;
import cairn.blockstore.database.TableFile;
import cairn.blockstore.database.Tables;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.FlushOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.TableProperties;
import org.rocksdb.WriteBatch;

/// The second half of a sweep: gives back the space of block records which the index doesn't name
/// any more. Files of `blocks` without any live one are dropped whole; others, and `loose`, are
/// rewritten where more than a tenth of what is live is dead, neighbours that are left small as
/// one.
///
/// A record is dead when its number is below the horizon and wasn't seen in the index: no later
/// index record can name it.
final class Space {
    /// Gaps from this many numbers on take one deletion of a range, shorter ones one a number.
    private static final int LONG_GAP = 64;

    /// Deletions written at a time.
    private static final int BATCH = 10_000;

    /// So many dead records of the index, some 6 MB, are never worth a rewrite.
    private static final long FEW_ENTRIES = 100_000;

    /// What a record of the index takes in a table, with a multihash of 34 bytes.
    private static final long INDEX_ENTRY_BYTES = 80;

    /// Room for what the database writes beside a file that is rewritten.
    private static final long SPARE = 1L << 20;

    private final Database database;
    private final Horizon horizon;
    private final Throttle throttle;

    /// The most bytes that something would have taken which wasn't rewritten for want of room.
    private long lacking;

    /// The first damage that was met, or null.
    private RocksDBException damage;

    private int damaged;

    Space(Database database, Horizon horizon, Throttle throttle) {
        this.database = database;
        this.horizon = horizon;
        this.throttle = throttle;
    }

    /// Gives back what is dead. The deletions from the index have been synced before.
    ///
    /// Files are dropped first: that takes no room, which a full disk doesn't have.
    ///
    /// @throws StoreException after all else is done, when some were left as they are because they
    ///   can't be read
    /// @throws DiskFullException likewise, when the disk has too little room to rewrite something
    void reclaim(Live live) throws IOException {
        drop(live);
        flush();
        List<Rewrite> rewrites =
                new ArrayList<>(
                        throttle.run(
                                "list files",
                                tables ->
                                        Rewrite.plan(
                                                TableFile.list(tables, tables.blocks()),
                                                live,
                                                horizon,
                                                (free() - SPARE) / 9 * 8)));
        // What gives most room for the least comes first.
        rewrites.sort(Comparator.comparingLong(Rewrite::bytes));
        for (Rewrite rewrite : rewrites) if (hasRoom(rewrite.bytes())) rewriteBulk(rewrite, live);
        reclaimLoose(live);
        reclaimIndex(live);
        tellWhatIsLeft();
    }

    private void tellWhatIsLeft() throws StoreException {
        if (damage != null)
            throw new StoreException(
                    "the garbage in "
                            + database.dir()
                            + " is deleted, but "
                            + damaged
                            + " of its parts can't be read and still take their room ("
                            + damage.getMessage()
                            + "); check the disk and see what 'repo verify' finds",
                    damage);
        if (lacking > 0)
            throw new DiskFullException(
                    "the garbage in "
                            + database.dir()
                            + " is gone, but not all of its space came back: to rewrite what is"
                            + " left takes "
                            + lacking
                            + " bytes of free disk; make room and collect again");
    }

    /// Whether the disk has room for a file in place of another, which goes only then.
    private boolean hasRoom(long bytes) throws IOException {
        long needed = bytes + bytes / 8 + SPARE;
        if (free() >= needed) return true;
        lacking = Math.max(lacking, needed);
        return false;
    }

    private long free() throws IOException {
        return Files.getFileStore(database.dir()).getUsableSpace();
    }

    /// Whether all of a range can be read. A rewriting that met damage would end all writing to the
    /// store until it is opened again.
    ///
    /// @param to the last key; null for no end
    private boolean isReadable(Tables tables, ColumnFamilyHandle family, byte[] from, byte[] to) {
        try (RocksIterator i = tables.db().newIterator(family, database.uncached())) {
            i.seek(from);
            while (i.isValid() && (to == null || Arrays.compareUnsigned(i.key(), to) <= 0))
                i.next();
            i.status();
            return true;
        } catch (RocksDBException e) {
            if (damage == null) damage = e;
            damaged++;
            return false;
        }
    }

    /// Whether so few of all bytes are live that they are better written again.
    static boolean isWorthIt(long all, long live) {
        return all > live + live / 10;
    }

    /// Moves what is in memory to tables, whose figures tell then what is in them.
    private void flush() throws IOException {
        throttle.run(
                "collect garbage",
                tables -> {
                    try (FlushOptions flush = new FlushOptions().setWaitForFlush(true)) {
                        tables.db()
                                .flush(
                                        flush,
                                        List.of(
                                                tables.meta(),
                                                tables.index(),
                                                tables.blocks(),
                                                tables.loose()));
                    }
                    return null;
                });
    }

    private void drop(Live live) throws IOException {
        List<byte[]> ranges = new ArrayList<>();
        List<TableFile> files =
                throttle.run("list files", tables -> TableFile.list(tables, tables.blocks()));
        for (TableFile file : files)
            if (file.last() < horizon.bulk()
                    && live.numbers().next(file.first(), file.last() + 1) > file.last()) {
                ranges.add(IndexRecord.key(file.first()));
                ranges.add(IndexRecord.key(file.last()));
            }
        if (ranges.isEmpty()) return;
        throttle.run(
                "drop " + ranges.size() / 2 + " files",
                tables -> {
                    tables.db().deleteFilesInRanges(tables.blocks(), ranges, true);
                    return null;
                });
    }

    private void rewriteBulk(Rewrite rewrite, Live live) throws IOException {
        throttle.run(
                "rewrite " + rewrite,
                tables -> {
                    byte[] last = IndexRecord.key(rewrite.last());
                    if (!isReadable(
                            tables, tables.blocks(), IndexRecord.key(rewrite.first()), last))
                        return null;
                    long end = rewrite.last() + 1;
                    deleteGaps(tables, tables.blocks(), live.numbers(), rewrite.first(), end);
                    rewrite(tables, tables.blocks(), rewrite.first(), rewrite.last());
                    return null;
                });
    }

    private void reclaimLoose(Live live) throws IOException {
        throttle.run(
                "rewrite small blocks",
                tables -> {
                    List<TableFile> files = TableFile.list(tables, tables.loose());
                    files.removeIf(file -> file.first() >= live.looseEnd());
                    long all = files.stream().mapToLong(TableFile::bytes).sum();
                    if (files.isEmpty() || !isWorthIt(all, live.looseBytes())) return null;
                    if (!hasRoom(live.looseBytes())) return null;
                    long first = files.getFirst().first();
                    if (!isReadable(tables, tables.loose(), IndexRecord.key(first), null))
                        return null;
                    deleteGaps(tables, tables.loose(), live.numbers(), first, horizon.loose());
                    rewrite(tables, tables.loose(), first, -1);
                    return null;
                });
    }

    private void reclaimIndex(Live live) throws IOException {
        throttle.run(
                "rewrite the index",
                tables -> {
                    long all =
                            tables.db().getPropertiesOfAllTables(tables.index()).values().stream()
                                    .mapToLong(TableProperties::getNumEntries)
                                    .sum();
                    if (!isWorthIt(all - FEW_ENTRIES, live.entries())) return null;
                    if (!hasRoom(live.entries() * INDEX_ENTRY_BYTES)) return null;
                    if (isReadable(tables, tables.index(), new byte[0], null))
                        tables.db().compactRange(tables.index(), null, null, throttle.options());
                    return null;
                });
    }

    /// Deletes the records in `[from, end)` that are not live.
    private void deleteGaps(
            Tables tables, ColumnFamilyHandle family, NumberSet live, long from, long end)
            throws RocksDBException {
        try (WriteBatch batch = new WriteBatch()) {
            for (long at = from; at < end; at++) {
                long next = live.next(at, end);
                if (next - at >= LONG_GAP)
                    batch.deleteRange(family, IndexRecord.key(at), IndexRecord.key(next));
                else for (; at < next; at++) batch.delete(family, IndexRecord.key(at));
                at = next;
                if (batch.count() < BATCH) continue;
                tables.db().write(database.logged(), batch);
                batch.clear();
            }
            tables.db().write(database.logged(), batch);
        }
    }

    private void rewrite(Tables tables, ColumnFamilyHandle family, long first, long last)
            throws RocksDBException {
        byte[] from = IndexRecord.key(first);
        tables.db().compactRange(family, from, IndexRecord.key(last), throttle.options());
    }

    /// The bytes of all files in the store's folder, but for tables that it has replaced and is
    /// about to delete.
    static long bytesOnDisk(Database database) throws IOException {
        Set<String> live = database.run("list files", Tables::fileNames);
        long bytes = 0;
        try (DirectoryStream<Path> all = Files.newDirectoryStream(database.dir())) {
            for (Path file : all)
                if (!file.toString().endsWith(".sst")
                        || live.contains(file.getFileName().toString())) bytes += Room.size(file);
        }
        return bytes;
    }
}
