package cairn.blockstore.database;

import cairn.blockstore.DiskFullException;
import cairn.blockstore.StoreException;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/// The one place where errors of RocksDB become errors of this module.
public final class Failures {
    private static final int MOST_NAMED = 20;

    private Failures() {}

    public static StoreException translate(String what, Path where, RocksDBException e) {
        String head = "cannot " + what + " in " + where + ": ";
        String text = e.getMessage() == null ? "" : e.getMessage();
        if (isDiskFull(e))
            return new DiskFullException(
                    head + "the disk is full; make room and try again (" + text + ")", e);
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.contains("permission denied"))
            return new StoreException(
                    head + "permission denied; check who owns the folder (" + text + ")", e);
        if (lower.contains("read-only file system"))
            return new StoreException(
                    head + "the file system is read-only; choose another place (" + text + ")", e);
        if (lower.contains("lock hold by current process")
                || lower.contains("resource temporarily unavailable"))
            return new StoreException(
                    head + "another writer has it open; wait for it to end (" + text + ")", e);
        if (isCorruption(e) || isVanishedFile(e))
            return new StoreException(
                    head
                            + "its files are damaged ("
                            + text
                            + logs(text, where)
                            + "). Nothing was changed. Check the disk; then \"cairn repo repair\""
                            + " saves all that can be read, and keeps the damaged files",
                    e);
        return new StoreException(head + text, e);
    }

    /// The logs, when RocksDB doesn't say which file it read: of tables it does.
    private static String logs(String text, Path where) {
        if (text.contains(".sst") || text.contains("MANIFEST")) return "";
        try {
            String names =
                    Tables.logs(where).stream()
                            .map(log -> log.getFileName().toString())
                            .sorted()
                            .limit(MOST_NAMED)
                            .collect(Collectors.joining(", "));
            return ", in one of the logs with the latest changes: " + names;
        } catch (IOException e) {
            return ""; // the damage is what is reported
        }
    }

    /// The same for errors of the JDK's file calls.
    public static StoreException translate(String what, Path where, IOException e) {
        if (e instanceof StoreException already) return already;
        String head = "cannot " + what + " in " + where + ": ";
        String text = e.toString();
        return text.contains("No space left on device")
                ? new DiskFullException(
                        head + "the disk is full; make room and try again (" + text + ")", e)
                : new StoreException(head + text, e);
    }

    public static boolean isCorruption(RocksDBException e) {
        Status status = e.getStatus();
        return status != null && status.getCode() == Status.Code.Corruption;
    }

    /// Whether what was stored can't be read any more, by the fault of the disk: it has other bytes
    /// than were written, or none.
    public static boolean isDamage(RocksDBException e) {
        return isCorruption(e)
                || isVanishedFile(e)
                || (e.getMessage() != null && e.getMessage().contains("Input/output error"));
    }

    /// Whether a file that a reader had listed is gone: the writer beside it has replaced it.
    public static boolean isVanishedFile(RocksDBException e) {
        return e.getMessage() != null && e.getMessage().contains("No such file or directory");
    }

    /// Of RocksDB's codes that its Java API doesn't know, the only one that can come here is that a
    /// compaction found too little room on a disk that was full before.
    private static boolean isTooLittleForCompaction(Status status) {
        return status != null && status.getCode() == Status.Code.Undefined;
    }

    private static boolean isDiskFull(RocksDBException e) {
        Status status = e.getStatus();
        return (status != null && status.getSubCode() == Status.SubCode.NoSpace)
                || isTooLittleForCompaction(status)
                || (e.getMessage() != null && e.getMessage().contains("No space left on device"));
    }
}
