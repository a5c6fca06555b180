package cairn.blockstore.database;

import cairn.blockstore.StoreException;

import cairn.multiformats.MalformedException;
import cairn.multiformats.Multihash;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.rocksdb.EnvOptions;
import org.rocksdb.IngestExternalFileOptions;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksObject;
import org.rocksdb.WriteOptions;

/// The one door to RocksDB: passes calls through the [Gate], keeps the database open while they
/// run, and translates their errors.
///
/// Beside a writer, a reader can find that a file which it had listed was replaced; it opens again
/// and repeats the call.
public final class Database implements AutoCloseable {
    /// A call on open tables. It may be repeated.
    @FunctionalInterface
    public interface Call<T> {
        T on(Tables tables) throws RocksDBException, IOException;
    }

    /// How often a reader opens again before it gives up; each time, the writer must have replaced
    /// files within the milliseconds of an opening.
    private static final int MAX_REOPENINGS = 20;

    private final Path dir;
    private final boolean readOnly;
    private final Gate gate = new Gate();
    private final Tuning tuning = new Tuning();
    private final ReadOptions cached = new ReadOptions();
    private final ReadOptions uncached = new ReadOptions().setFillCache(false);
    private final WriteOptions logged = new WriteOptions();
    private final WriteOptions synced = new WriteOptions().setSync(true);
    private final Options bulk = tuning.bulk();
    private final EnvOptions bulkFile = tuning.bulkFile();

    /// Held for reading during a call, for writing to open or close.
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();

    /// Null before the first opening, after one that failed, and when closed; guarded by `lock`.
    private Tables tables;

    /// Guarded by `lock`.
    private boolean closed;

    /// Set before a closing waits for the calls that run.
    private volatile boolean closing;

    private final LongAdder calls = new LongAdder();

    /// How often this was opened; grows under `lock`.
    private final AtomicInteger generation = new AtomicInteger();

    private Database(Path dir, boolean readOnly) {
        this.dir = dir;
        this.readOnly = readOnly;
    }

    public static Database open(Path dir) throws IOException {
        return opened(new Database(dir, false));
    }

    public static Database openReadOnly(Path dir) throws IOException {
        return opened(new Database(dir, true));
    }

    private static Database opened(Database database) throws IOException {
        boolean done = false;
        try {
            database.throughGate(
                    () -> {
                        database.openTables();
                        return null;
                    });
            done = true;
            return database;
        } finally {
            if (!done) database.close();
        }
    }

    private void openTables() throws IOException {
        for (int attempt = 0; ; attempt++) {
            try {
                Set<Path> logs = readOnly ? Tables.logs(dir) : Set.of();
                Tables opened = readOnly ? Tables.openReadOnly(dir) : Tables.open(dir);
                // A log that the writer drops after the reader has looked for tables would be
                // missing without an error.
                if (!readOnly || Tables.logs(dir).containsAll(logs)) {
                    tables = opened;
                    generation.incrementAndGet();
                    return;
                }
                opened.close();
                if (attempt >= MAX_REOPENINGS)
                    throw new StoreException(
                            "cannot open the store in "
                                    + dir
                                    + ": the writer beside it replaces its logs all the time; try"
                                    + " again");
            } catch (RocksDBException e) {
                if (!readOnly || !mayPass(e) || attempt >= MAX_REOPENINGS)
                    throw Failures.translate("open the store", dir, e);
                Thread.onSpinWait();
            }
        }
    }

    /// Makes a call.
    ///
    /// @param what completes "cannot …" in an error's message
    public <T> T run(String what, Call<T> call) throws IOException {
        calls.increment();
        return throughGate(() -> repeated(what, call));
    }

    /// Makes a native call that needs no open tables.
    public <T> T throughGate(Callable<T> call) throws IOException {
        try {
            return gate.call(call);
        } catch (RejectedExecutionException e) {
            throw new StoreException("the store in " + dir + " is closed", e);
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (RocksDBException e) {
            throw Failures.translate("write", dir, e);
        } catch (Exception e) { // Callable declares it; calls here throw what is caught above
            throw new IllegalStateException("no call throws this", e);
        }
    }

    private <T> T repeated(String what, Call<T> call) throws IOException {
        for (int attempt = 0; ; attempt++) {
            int used = generation.get();
            lock.readLock().lock();
            try {
                if (closed)
                    throw new StoreException("cannot " + what + " in " + dir + ": it is closed");
                if (tables != null) return call.on(tables);
            } catch (RocksDBException e) {
                if (!readOnly || !Failures.isVanishedFile(e) || attempt >= MAX_REOPENINGS)
                    throw Failures.translate(what, dir, e);
            } finally {
                lock.readLock().unlock();
            }
            reopen(used);
        }
    }

    /// Takes in a table of blocks that was written to be taken in; synced on return, and not
    /// indexed.
    ///
    /// @param file on the file system of the database; gone on return
    public void ingest(Path file) throws IOException {
        run(
                "take in " + file.getFileName(),
                open -> {
                    try (IngestExternalFileOptions ingestion =
                            new IngestExternalFileOptions().setMoveFiles(true)) {
                        open.db()
                                .ingestExternalFile(
                                        open.blocks(), List.of(file.toString()), ingestion);
                    }
                    return null;
                });
    }

    /// Where a block lies, as the index says; null when it is not here.
    public IndexRecord find(Tables open, Multihash hash)
            throws RocksDBException, MalformedException {
        byte[] record = new byte[IndexRecord.BYTES];
        int found = open.db().get(open.index(), cached, hash.bytes(), record);
        if (found == RocksDB.NOT_FOUND) return null;
        if (found != record.length)
            throw new MalformedException("index record of " + hash + " has " + found + " bytes");
        return IndexRecord.decode(record);
    }

    /// Opens again, unless another thread has done so. When that fails, the next call tries again.
    private void reopen(int stale) throws IOException {
        lock.writeLock().lock();
        try {
            if (closed || (tables != null && generation.get() != stale)) return;
            Tables old = tables;
            tables = null;
            if (old != null) old.close();
            openTables();
        } finally {
            lock.writeLock().unlock();
        }
    }

    /// Whether what stopped a reader's opening can be the work of a writer beside it.
    private static boolean mayPass(RocksDBException e) {
        return Failures.isVanishedFile(e) || Failures.isCorruption(e);
    }

    /// How many calls of [#run] there were: who gives way to others sees by it whether there are
    /// any.
    public long calls() {
        return calls.sum();
    }

    /// Whether somebody waits to close this.
    public boolean isClosing() {
        return closing;
    }

    /// Bounds what is written in a second when memtables are flushed and files rewritten, until it
    /// is bounded otherwise or the store is opened again.
    public void limitRewriting(long bytesPerSecond) {
        // Never behind who waits to close: what is held to the rate may be what he waits for.
        if (!lock.readLock().tryLock()) return;
        try {
            if (tables != null) tables.tuning().limitRewriting(bytesPerSecond);
        } finally {
            lock.readLock().unlock();
        }
    }

    public Path dir() {
        return dir;
    }

    public boolean isReadOnly() {
        return readOnly;
    }

    /// For reads that are likely to come again or near each other.
    public ReadOptions cached() {
        return cached;
    }

    /// For large values, which would drive the index out of the cache.
    public ReadOptions uncached() {
        return uncached;
    }

    /// For writes that need not be on disk on return.
    public WriteOptions logged() {
        return logged;
    }

    /// For writes that, with all logged before, are on disk on return.
    public WriteOptions synced() {
        return synced;
    }

    /// The format of bulk files.
    public Options bulk() {
        return bulk;
    }

    public EnvOptions bulkFile() {
        return bulkFile;
    }

    /// A note that can't be left makes the next opening see less of what may be missing.
    private void noteLastChange() {
        try {
            LogChain.note(dir);
        } catch (IOException e) {
            return;
        }
    }

    @Override
    public void close() {
        closing = true;
        lock.writeLock().lock();
        try {
            closed = true;
            if (tables != null && !readOnly) tables.shortenLogs(dir);
            if (tables != null) {
                tables.close();
                if (!readOnly) noteLastChange();
            }
            tables = null;
            for (RocksObject o : List.of(cached, uncached, logged, synced)) o.close();
            tuning.close();
        } finally {
            lock.writeLock().unlock();
        }
        gate.close();
    }
}
