package cairn.blockstore.database;

import cairn.blockstore.StoreException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.FlushOptions;
import org.rocksdb.LiveFileMetaData;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WALRecoveryMode;

/// An open RocksDB and its column families:
/// - `meta`: the version of this layout, the number below which all bulk blocks are indexed, and
///   how many records the index has
/// - `index`: multihash to [IndexRecord]
/// - `blocks` and `loose`: sequence number to [BlockRecord]
/// - `pins`: CID to [PinRecord]
///
/// @param tuning the settings of this opening, closed with it
public record Tables(
        Tuning tuning,
        RocksDB db,
        ColumnFamilyHandle meta,
        ColumnFamilyHandle index,
        ColumnFamilyHandle blocks,
        ColumnFamilyHandle loose,
        ColumnFamilyHandle pins)
        implements AutoCloseable {

    /// So many logs of short runs may lie about; then an opening flushes them into tables.
    private static final int MAX_KEPT_LOGS = 8;

    /// More damaged logs aren't named in an error.
    private static final int MAX_NAMED = 5;

    /// So many bytes of them: what a reader or the next opening must replay.
    private static final long MAX_KEPT_LOG_BYTES = 1L << 20;

    public static Tables open(Path dir) throws IOException, RocksDBException {
        checkLogs(dir);
        boolean keepLogs = fewLogs(dir);
        return opened(
                (tuning, handles) ->
                        RocksDB.open(
                                tuning.database(keepLogs),
                                dir.toString(),
                                families(tuning),
                                handles));
    }

    public static Tables openReadOnly(Path dir) throws IOException, RocksDBException {
        checkLogs(dir);
        return opened(
                (tuning, handles) ->
                        RocksDB.openReadOnly(
                                tuning.database(true), dir.toString(), families(tuning), handles));
    }

    /// Refuses a store of whose logs something is missing that RocksDB itself would do without. A
    /// store has a log from the moment on in which its families were made, be it empty.
    private static void checkLogs(Path dir) throws IOException {
        if (!Files.exists(dir.resolve("CURRENT"))) return;
        if (logs(dir).isEmpty() && hasFamilies(dir))
            throw lacksLogs(dir, "its log is gone, with the latest changes");
        Map<String, String> damages = LogChain.damages(dir);
        if (damages.isEmpty()) return;
        String named =
                damages.entrySet().stream()
                        .limit(MAX_NAMED)
                        .map(damage -> damage.getKey() + " (" + damage.getValue() + ")")
                        .collect(Collectors.joining(", "));
        throw lacksLogs(dir, "its logs with the latest changes are damaged: " + named);
    }

    private static StoreException lacksLogs(Path dir, String why) {
        return new StoreException(
                "cannot open the store in "
                        + dir
                        + ": "
                        + why
                        + ". Nothing was changed. Check the disk, and put back what is missing if"
                        + " you can; or let \"cairn repo repair\" save the rest");
    }

    /// Whether a list of tables names the last of the families.
    private static boolean hasFamilies(Path dir) throws IOException {
        try (DirectoryStream<Path> lists = Files.newDirectoryStream(dir, "MANIFEST-*")) {
            for (Path list : lists)
                if (Files.isRegularFile(list)
                        && Files.readString(list, StandardCharsets.ISO_8859_1).contains("pins"))
                    return true;
        }
        return false;
    }

    /// Opens a damaged store for reading what can be read of it: tables may be gone or damaged,
    /// which shows when they are read, and what is damaged in logs is passed over.
    ///
    /// @throws StoreException when the list of tables can't be read, in RocksDB's words
    public static Tables openDamaged(Path dir) throws StoreException {
        try {
            return opened(
                    (tuning, handles) ->
                            RocksDB.openReadOnly(
                                    tuning.database(true)
                                            .setParanoidChecks(false)
                                            .setWalRecoveryMode(
                                                    WALRecoveryMode.SkipAnyCorruptedRecords),
                                    dir.toString(),
                                    families(tuning),
                                    handles));
        } catch (RocksDBException e) {
            throw new StoreException(String.valueOf(e.getMessage()), e);
        }
    }

    @FunctionalInterface
    private interface Opening {
        RocksDB open(Tuning tuning, List<ColumnFamilyHandle> handles) throws RocksDBException;
    }

    private static Tables opened(Opening opening) throws RocksDBException {
        List<ColumnFamilyHandle> handles = new ArrayList<>();
        Tuning tuning = new Tuning();
        boolean done = false;
        try {
            Tables tables = of(tuning, opening.open(tuning, handles), handles);
            done = true;
            return tables;
        } finally {
            if (!done) tuning.close();
        }
    }

    private static Tables of(Tuning tuning, RocksDB db, List<ColumnFamilyHandle> handles) {
        return new Tables(
                tuning,
                db,
                handles.get(0),
                handles.get(1),
                handles.get(2),
                handles.get(3),
                handles.get(4));
    }

    private static List<ColumnFamilyDescriptor> families(Tuning tuning) {
        return List.of(
                new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY, tuning.meta()),
                new ColumnFamilyDescriptor(name("index"), tuning.index()),
                new ColumnFamilyDescriptor(name("blocks"), tuning.blocks()),
                new ColumnFamilyDescriptor(name("loose"), tuning.loose()),
                new ColumnFamilyDescriptor(name("pins"), tuning.small()));
    }

    private static byte[] name(String family) {
        return family.getBytes(StandardCharsets.US_ASCII);
    }

    /// The names of the logs that are in a folder now.
    public static Set<Path> logs(Path dir) throws IOException {
        Set<Path> logs = new HashSet<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(dir, "*.log")) {
            all.forEach(logs::add);
        }
        return logs;
    }

    private static boolean fewLogs(Path dir) throws IOException {
        Set<Path> logs = logs(dir);
        long bytes = 0;
        for (Path log : logs) bytes += Files.size(log);
        return logs.size() <= MAX_KEPT_LOGS && bytes <= MAX_KEPT_LOG_BYTES;
    }

    /// The names of the table files that the store consists of now, of all families.
    public Set<String> fileNames() {
        Set<String> names = new HashSet<>();
        for (LiveFileMetaData file : db.getLiveFilesMetaData())
            names.add(file.fileName().substring(file.fileName().lastIndexOf('/') + 1));
        return names;
    }

    /// The family of a name.
    public ColumnFamilyHandle family(String name) {
        return switch (name) {
            case "index" -> index;
            case "blocks" -> blocks;
            case "loose" -> loose;
            case "pins" -> pins;
            default -> throw new IllegalArgumentException("no family is called " + name);
        };
    }

    /// The family that holds a record.
    public ColumnFamilyHandle family(IndexRecord record) {
        return record.isLoose() ? loose : blocks;
    }

    /// Moves what is only in the logs to tables when it has become much, so that the next readers
    /// need not replay it. Does without when it can't: the logs have it all.
    ///
    /// @return whether the logs are short now
    public boolean shortenLogs(Path dir) {
        try (FlushOptions flush = new FlushOptions().setWaitForFlush(true)) {
            if (!fewLogs(dir)) db.flush(flush, List.of(meta, index, blocks, loose, pins));
            return true;
        } catch (RocksDBException | IOException e) {
            return false;
        }
    }

    /// Closes the handles and the database. Nothing acknowledged depends on it.
    @Override
    public void close() {
        for (ColumnFamilyHandle handle : List.of(meta, index, blocks, loose, pins)) handle.close();
        db.close();
        tuning.close();
    }
}
