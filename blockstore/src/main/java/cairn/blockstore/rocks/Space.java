package cairn.blockstore.rocks;

import cairn.blockstore.DiskFullException;
import cairn.blockstore.database.Database;
import cairn.blockstore.database.IndexRecord;
import cairn.blockstore.database.TableFile;
import cairn.blockstore.database.Tables;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.CompactRangeOptions;
import org.rocksdb.FlushOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.TableProperties;
import org.rocksdb.WriteBatch;

/// The second half of a sweep: gives back the space of block records which the index doesn't name
/// any more. Files of `blocks` without any live one are dropped whole; others, and `loose`, are
/// rewritten where more than a tenth of what is live is dead, one file at a time.
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
    private final GarbageCollection.Pace pace;

    /// The most bytes that something would have taken which wasn't rewritten for want of room.
    private long lacking;

    Space(Database database, Horizon horizon, GarbageCollection.Pace pace) {
        this.database = database;
        this.horizon = horizon;
        this.pace = pace;
    }

    /// Gives back what is dead. The deletions from the index have been synced before.
    ///
    /// @throws DiskFullException after all else is done, when the disk has too little room to
    ///   rewrite something
    void reclaim(Live live) throws IOException {
        flush();
        drop(live);
        List<TableFile> mixed = new ArrayList<>();
        for (TableFile file : files())
            if (isWorthIt(file.bytes(), live.bytes(file))) mixed.add(file);
        // What gives most room for the least comes first.
        mixed.sort(Comparator.comparingLong(live::bytes));
        for (TableFile file : mixed) if (hasRoom(live.bytes(file))) rewriteBulk(file, live);
        reclaimLoose(live);
        reclaimIndex(live);
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
        if (Files.getFileStore(database.dir()).getUsableSpace() >= needed) return true;
        lacking = Math.max(lacking, needed);
        return false;
    }

    private static boolean isWorthIt(long all, long live) {
        return all > live + live / 10;
    }

    private List<TableFile> files() throws IOException {
        return database.run("list files", tables -> TableFile.list(tables, tables.blocks()));
    }

    /// Moves what is in memory to tables, whose figures tell then what is in them.
    private void flush() throws IOException {
        database.run(
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
        for (TableFile file : files())
            if (file.last() < horizon.bulk()
                    && live.numbers().next(file.first(), file.last() + 1) > file.last()) {
                ranges.add(IndexRecord.key(file.first()));
                ranges.add(IndexRecord.key(file.last()));
            }
        if (ranges.isEmpty()) return;
        database.run(
                "drop " + ranges.size() / 2 + " files",
                tables -> {
                    tables.db().deleteFilesInRanges(tables.blocks(), ranges, true);
                    return null;
                });
    }

    private void rewriteBulk(TableFile file, Live live) throws IOException {
        long end = Math.min(file.last() + 1, horizon.bulk());
        if (file.first() >= end) return;
        long begun = System.nanoTime();
        database.run(
                "rewrite " + file.name(),
                tables -> {
                    deleteGaps(tables, tables.blocks(), live.numbers(), file.first(), end);
                    rewrite(tables, tables.blocks(), file.first(), file.last());
                    return null;
                });
        pace.rest(System.nanoTime() - begun);
    }

    private void reclaimLoose(Live live) throws IOException {
        database.run(
                "rewrite small blocks",
                tables -> {
                    List<TableFile> files = TableFile.list(tables, tables.loose());
                    long all = files.stream().mapToLong(TableFile::bytes).sum();
                    if (files.isEmpty() || !isWorthIt(all, live.looseBytes())) return null;
                    if (!hasRoom(live.looseBytes())) return null;
                    long first = files.getFirst().first();
                    deleteGaps(tables, tables.loose(), live.numbers(), first, horizon.loose());
                    rewrite(tables, tables.loose(), first, -1);
                    return null;
                });
    }

    private void reclaimIndex(Live live) throws IOException {
        database.run(
                "rewrite the index",
                tables -> {
                    long all =
                            tables.db().getPropertiesOfAllTables(tables.index()).values().stream()
                                    .mapToLong(TableProperties::getNumEntries)
                                    .sum();
                    if (!isWorthIt(all - FEW_ENTRIES, live.entries())) return null;
                    if (!hasRoom(live.entries() * INDEX_ENTRY_BYTES)) return null;
                    try (CompactRangeOptions options = options()) {
                        tables.db().compactRange(tables.index(), null, null, options);
                    }
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

    private static void rewrite(Tables tables, ColumnFamilyHandle family, long first, long last)
            throws RocksDBException {
        try (CompactRangeOptions options = options()) {
            byte[] from = IndexRecord.key(first);
            tables.db().compactRange(family, from, IndexRecord.key(last), options);
        }
    }

    private static CompactRangeOptions options() {
        return new CompactRangeOptions()
                .setExclusiveManualCompaction(false)
                .setBottommostLevelCompaction(
                        CompactRangeOptions.BottommostLevelCompaction.kForceOptimized);
    }

    /// The bytes of all files in the store's folder, but for tables that it has replaced and is
    /// about to delete.
    long bytesOnDisk() throws IOException {
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
