package cairn.blockstore.upkeep;

import cairn.blockstore.StoreException;
import cairn.blockstore.database.Database;
import cairn.blockstore.database.Failures;
import cairn.blockstore.database.Tables;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// A consistent copy of a store's files, made without opening the store, so beside a process that
/// writes to it as well.
///
/// Tables never change once they are written, so the copy shares them with the store by hard links
/// where the file system allows. What does change are the list of tables (RocksDB's MANIFEST) and
/// the logs. The copy is right when the list was the same before the logs were taken and after:
/// then no table that the logs rely on is missing, and no log that the tables rely on. Otherwise
/// both are taken again. So that this takes no time in which a busy writer changes the list, logs
/// are first held by hard links, and copied once the list is known to be right, up to the length
/// that they had: what came later may rely on later tables.
public final class StoreCopy {
    private static final String CURRENT = "CURRENT";
    private static final int MAX_CURRENT_BYTES = 256;
    private static final int PIECE = 8 << 20;
    private static final String HELD = ".held";

    private final Path from;
    private final Path to;
    private final Listener listener;
    private boolean linking = true;
    private long bytes;

    private StoreCopy(Path from, Path to, Listener listener) {
        this.from = from;
        this.to = to;
        this.listener = listener;
    }

    /// Is told how far it is.
    @FunctionalInterface
    public interface Listener {
        /// So many bytes are in the copy, hard links included.
        void copied(long bytes) throws IOException;
    }

    /// Copies a store into a folder that is made. All of it is on disk on return, and was opened
    /// for reading once.
    ///
    /// @param patience how long to go on while a writer changes its list of tables all the time,
    ///   once the tables themselves are there
    /// @return the bytes of its files
    public static long run(Path from, Path to, Duration patience, Listener listener)
            throws IOException {
        try {
            Files.createDirectory(to);
            StoreCopy copy = new StoreCopy(from, to, listener);
            copy.takeTables();
            long end = System.nanoTime() + patience.toNanos();
            while (!copy.takeState())
                if (System.nanoTime() - end > 0)
                    throw new StoreException(
                            "cannot copy the store in "
                                    + from
                                    + ": another process writes to it all the time; gave up after "
                                    + patience.toSeconds()
                                    + " s (wait longer with --timeout)");
            copy.removeUnused();
            copy.sync();
            return copy.bytes;
        } catch (IOException e) {
            throw Failures.translate("copy the store", from, e);
        }
    }

    /// Takes all tables that there are and that the copy doesn't have.
    private void takeTables() throws IOException {
        for (Path table : list(from, "*.sst")) {
            Path copy = to.resolve(table.getFileName());
            if (Files.exists(copy)) continue;
            try {
                if (!link(table, copy)) copy(table, copy, Long.MAX_VALUE);
                bytes += Files.size(copy);
                listener.copied(bytes);
            } catch (NoSuchFileException e) {
                Files.deleteIfExists(copy); // the writer has replaced it; the new one comes next
            }
        }
    }

    /// Whether hard links work between the two folders; found out by the first.
    private boolean link(Path table, Path copy) throws IOException {
        if (!linking) return false;
        try {
            Files.createLink(copy, table);
            return true;
        } catch (NoSuchFileException e) {
            throw e;
        } catch (FileSystemException | UnsupportedOperationException e) {
            linking = false;
            return false;
        }
    }

    /// Takes the list of tables, the logs, and what tables have come.
    ///
    /// @return whether they are of one moment
    private boolean takeState() throws IOException {
        for (Path old : list(to, "{*.log,*" + HELD + ",MANIFEST-*}")) Files.delete(old);
        String current = current();
        Path manifest = from.resolve(current.strip());
        try {
            long size = Files.size(manifest);
            // The newest first: a log is written to after the next one was made, for a moment.
            SortedMap<Path, Long> lengths = new TreeMap<>(Comparator.reverseOrder());
            for (Path log : Tables.logs(from)) lengths.put(log, 0L);
            lengths.replaceAll((log, _) -> log.toFile().length());
            for (Path log : lengths.keySet()) link(log, held(log));
            takeTables();
            if (!current().equals(current) || Files.size(manifest) != size) return false;
            copy(manifest, to.resolve(manifest.getFileName()), size);
            for (var log : lengths.entrySet()) copyLog(log.getKey(), log.getValue());
        } catch (NoSuchFileException e) {
            return false;
        }
        Files.writeString(to.resolve(CURRENT), current);
        return true;
    }

    private Path held(Path log) {
        return to.resolve(log.getFileName() + HELD);
    }

    /// Copies the start of a log that is held, or that the file system can't hold.
    private void copyLog(Path log, long length) throws IOException {
        Path held = held(log);
        copy(Files.exists(held) ? held : log, to.resolve(log.getFileName()), length);
        Files.deleteIfExists(held);
    }

    private String current() throws IOException {
        Path file = from.resolve(CURRENT);
        if (Files.size(file) > MAX_CURRENT_BYTES) throw damaged();
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        if (!text.matches("MANIFEST-\\d{1,20}\n")) throw damaged();
        return text;
    }

    private StoreException damaged() {
        return new StoreException(
                "cannot copy the store in "
                        + from
                        + ": its file CURRENT is damaged; \"cairn repo repair\" mends the store");
    }

    private static void copy(Path source, Path target, long most) throws IOException {
        try (FileChannel in = FileChannel.open(source, StandardOpenOption.READ);
                FileChannel out =
                        FileChannel.open(
                                target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            long at = 0;
            while (at < most) {
                long moved = in.transferTo(at, Math.min(PIECE, most - at), out);
                if (moved <= 0) break;
                at += moved;
            }
        }
    }

    /// Opens the copy, which shows that it is whole, and removes the tables that are no part of it.
    /// They must go: a store writes new tables under the numbers that come next, and one of that
    /// number that is there is shared with the original.
    private void removeUnused() throws IOException {
        Set<String> used = new HashSet<>();
        try (Database database = Database.openReadOnly(to)) {
            used.addAll(database.run("list files", Tables::fileNames));
        }
        bytes = 0;
        for (Path file : list(to, "*")) {
            String name = file.getFileName().toString();
            if (name.endsWith(".sst") && !used.contains(name)) Files.delete(file);
            else bytes += Files.size(file);
        }
    }

    /// The folder last: its names are worth nothing before what they name.
    private void sync() throws IOException {
        for (Path file : list(to, "*")) sync(file);
        sync(to);
    }

    private static void sync(Path path) throws IOException {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            file.force(true);
        }
    }

    private static Set<Path> list(Path folder, String glob) throws IOException {
        Set<Path> paths = new TreeSet<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, glob)) {
            for (Path path : all) if (Files.isRegularFile(path)) paths.add(path);
        }
        return paths;
    }
}
