package cairn.blockstore.rocks;

import cairn.blockstore.StoreFullException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/// The room that a store still has within its [Limits]. Whoever is about to write blocks takes room
/// for them first, so that sessions side by side don't go past the limits together.
///
/// Bytes that were taken are added up; only when they seem to reach the limit are the files of the
/// store looked at. The free disk is asked for every few MiB. While the database merges tables, the
/// old and the new lie side by side for a moment: that is counted when it is seen, and not
/// foreseen. Guarded by `this`, but for what says otherwise.
final class Room {
    /// What is granted at a time; how much others may fill the disk unseen.
    private static final long STEP = 4L << 20;

    private final Path dir;
    private final Limits limits;
    private final Unflushed unflushed;
    private final FileStore disk;

    /// What the files had when they were last looked at.
    private long measured;

    /// Whether they were.
    private boolean isMeasured;

    /// What was taken since, with what claims that were open then had taken.
    private long since;

    /// What open claims have taken.
    private long open;

    /// What open claims have taken and is in files of the store itself by now.
    private final AtomicLong landed = new AtomicLong();

    /// Held for reading while files become the store's, for writing while it is measured: they are
    /// counted once. Taken inside of the monitor, never around it.
    private final ReentrantReadWriteLock landing = new ReentrantReadWriteLock();

    /// What was taken and isn't on the disk yet.
    private long promised;

    /// What may be taken without a further look.
    private long credit;

    /// Tells how many bytes are in logs alone and will be written to tables, before the logs go.
    @FunctionalInterface
    interface Unflushed {
        long bytes() throws IOException;
    }

    /// @param dir of the store; claims write to folders in it, and then to itself
    Room(Path dir, Limits limits, Unflushed unflushed) throws IOException {
        this.dir = dir;
        this.unflushed = unflushed;
        this.limits = limits;
        this.disk = Files.getFileStore(dir);
    }

    /// A claim of a session.
    Claim claim() {
        return new Claim();
    }

    /// What [Claim#land] does.
    @FunctionalInterface
    interface Landing {
        void run() throws IOException;
    }

    /// What one session takes. For many threads.
    final class Claim implements AutoCloseable {
        private long taken;
        private long unwritten;
        private final AtomicLong landedHere = new AtomicLong();

        /// Takes room for bytes that are about to be written.
        ///
        /// @throws StoreFullException when there isn't as much
        void take(long bytes) throws IOException {
            synchronized (Room.this) {
                if (bytes > credit) credit = look(bytes);
                credit -= bytes;
                since += bytes;
                open += bytes;
                promised += bytes;
                taken += bytes;
                unwritten += bytes;
            }
        }

        /// So many of the bytes are on the disk.
        void wrote(long bytes) {
            synchronized (Room.this) {
                long now = Math.min(bytes, unwritten);
                unwritten -= now;
                promised -= now;
            }
        }

        /// Makes a file, written outside, the store's.
        ///
        /// @param bytes that were taken for it
        void land(long bytes, Landing step) throws IOException {
            landing.readLock().lock();
            try {
                step.run();
                landed.addAndGet(bytes);
                landedHere.addAndGet(bytes);
            } finally {
                landing.readLock().unlock();
            }
        }

        /// So many of the bytes are in files of the store itself, or nowhere.
        void settle(long bytes) {
            synchronized (Room.this) {
                long now = Math.min(bytes, taken);
                taken -= now;
                open -= now;
                long had = landedHere.get();
                long gone = Math.min(had, now);
                landedHere.addAndGet(-gone);
                landed.addAndGet(-gone);
                wrote(Math.max(0, unwritten - taken));
            }
        }

        @Override
        public void close() {
            synchronized (Room.this) {
                settle(taken);
                credit = 0; // what was given up may be taken by others
            }
        }
    }

    /// Looks how much there is.
    ///
    /// @return what may be taken now, at least `bytes`
    private long look(long bytes) throws IOException {
        long left = Long.MAX_VALUE;
        if (limits.bytes() < Long.MAX_VALUE) {
            if (!isMeasured || limits.bytes() - measured - since < bytes) measure();
            left = limits.bytes() - measured - since;
            if (left < bytes)
                throw new StoreFullException(
                        StoreFullException.Limit.STORE,
                        measured + since,
                        limits.bytes(),
                        bytes - left);
        }
        if (limits.reserve() == 0) return Math.min(STEP, left);
        long free = disk.getUsableSpace() - promised;
        if (free - limits.reserve() < bytes)
            throw new StoreFullException(
                    StoreFullException.Limit.DISK,
                    Math.max(0, free),
                    limits.reserve(),
                    bytes - (free - limits.reserve()));
        return Math.min(STEP, Math.min(left, free - limits.reserve()));
    }

    private void measure() throws IOException {
        landing.writeLock().lock();
        try {
            measured = bytes(dir) + unflushed.bytes();
            isMeasured = true;
            since = open - landed.get();
        } finally {
            landing.writeLock().unlock();
        }
    }

    /// The bytes of the files of the store.
    static long bytes(Path dir) throws IOException {
        long bytes = 0;
        try (DirectoryStream<Path> all = Files.newDirectoryStream(dir)) {
            for (Path file : all) bytes += size(file);
        }
        return bytes;
    }

    /// The size of a file; 0 for what is none, or is gone.
    static long size(Path file) throws IOException {
        try {
            return Files.isRegularFile(file) ? Files.size(file) : 0;
        } catch (NoSuchFileException e) {
            return 0; // deleted meanwhile
        }
    }
}
