package cairn.blockstore.database;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;

/// The logs of a store in the order in which they were written, and what is missing of them.
///
/// RocksDB numbers all changes, without gaps, and each batch in a log begins with the number of its
/// first. So a log that was cut off, emptied or lost shows by the batch that follows. RocksDB
/// itself goes on with that batch, and without what was before it. What was cut off at the very end
/// can't be told from what was never written; nor can the loss of the oldest log, once those behind
/// it were replayed.
public final class LogChain {
    /// The number of a batch's first change, and how many it has.
    private static final int BATCH_HEADER = Long.BYTES + Integer.BYTES;

    /// How often logs are listed anew because the writer dropped one meanwhile.
    private static final int MAX_LISTINGS = 20;

    private final Map<String, String> damages = new LinkedHashMap<>();

    /// The number that the next change must have.
    private long next;

    /// The log of the batch before.
    private Path before;

    private LogChain() {}

    /// Reads the logs; also beside a writer.
    ///
    /// @return the names of logs that are damaged, or have changes missing, each with the reason;
    ///   in order
    public static Map<String, String> damages(Path dir) throws IOException {
        for (int attempt = 0; ; attempt++)
            try {
                LogChain chain = new LogChain();
                chain.read(dir);
                return chain.damages;
            } catch (NoSuchFileException e) {
                if (attempt >= MAX_LISTINGS) throw e;
            }
    }

    private void read(Path dir) throws IOException {
        for (Path log : new TreeSet<>(Tables.logs(dir)))
            LogFile.read(log, batch -> follow(dir, log, batch))
                    .ifPresent(damage -> damages.put(name(log), damage));
    }

    private void follow(Path dir, Path log, ByteBuffer batch) throws IOException {
        if (batch.remaining() < BATCH_HEADER) return;
        long number = batch.getLong();
        int changes = batch.getInt();
        // The list of tables is read after the first log: by then it has all that had left the
        // logs.
        if (before == null) next = 1 + TableList.changes(dir).orElse(Long.MAX_VALUE - 1);
        if (number > next)
            damages.putIfAbsent(
                    name(before == null ? log : before),
                    (number - next)
                            + (before == null || before.equals(log)
                                    ? " changes are missing in or before it"
                                    : " changes are missing between it and " + name(log)));
        next = number + changes;
        before = log;
    }

    private static String name(Path log) {
        return log.getFileName().toString();
    }
}
