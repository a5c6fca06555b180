package cairn.blockstore.database;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/// The logs of a store in the order in which they were written, and what is missing of them.
///
/// RocksDB numbers all changes, without gaps, and each batch in a log begins with the number of its
/// first. So a log that was cut off, emptied or lost shows by the batch that follows. RocksDB
/// itself goes on with that batch, and without what was before it. What is behind the last batch
/// shows by a note of the number that the last writer left who closed the store. What was cut off
/// since, when a writer was killed, can't be told from what was never written; nor can the loss of
/// the oldest log, once those behind it were replayed.
public final class LogChain {
    /// The number of a batch's first change, and how many it has.
    private static final int BATCH_HEADER = Long.BYTES + Integer.BYTES;

    /// How often logs are listed anew because the writer dropped one meanwhile.
    private static final int MAX_LISTINGS = 20;

    /// The file with the note: a number in decimal digits.
    private static final String NOTE = "last-change";

    private static final int MAX_NOTE_BYTES = 20;

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
        long noted = noted(dir);
        SortedSet<Path> logs = new TreeSet<>(Tables.logs(dir));
        for (Path log : logs)
            LogFile.read(log, batch -> follow(dir, log, batch))
                    .ifPresent(damage -> damages.put(name(log), damage));
        if (before != null && next > noted) return;
        long last = Math.max(next - 1, TableList.changes(dir).orElse(Long.MAX_VALUE));
        if (last < noted)
            damages.putIfAbsent(
                    logs.isEmpty() ? "the last log" : name(logs.last()),
                    (noted - last) + " changes are missing at its end, or behind it");
    }

    /// The number in the note; 0 when there is none that can be read.
    private static long noted(Path dir) throws IOException {
        Path note = dir.resolve(NOTE);
        if (!Files.isRegularFile(note) || Files.size(note) > MAX_NOTE_BYTES) return 0;
        String text = Files.readString(note, StandardCharsets.ISO_8859_1);
        return text.matches("\\d{1,18}\n") ? Long.parseLong(text.strip()) : 0;
    }

    /// Notes the number of the last change in the logs, which are synced before. For a store that
    /// is closed, by who has it to himself.
    static void note(Path dir) throws IOException {
        LogChain chain = new LogChain();
        chain.read(dir);
        if (!chain.damages.isEmpty() || chain.before == null) return;
        for (Path log : Tables.logs(dir))
            try (FileChannel file = FileChannel.open(log, StandardOpenOption.READ)) {
                file.force(false);
            }
        Path made = dir.resolve(NOTE + ".new");
        Files.writeString(made, (chain.next - 1) + "\n", StandardCharsets.ISO_8859_1);
        Files.move(made, dir.resolve(NOTE), StandardCopyOption.ATOMIC_MOVE);
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
