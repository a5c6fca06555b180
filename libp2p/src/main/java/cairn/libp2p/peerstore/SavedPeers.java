package cairn.libp2p.peerstore;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps a peer store over restarts. A thread of its own reads the file while the host starts,
/// writes it every now and then, and a last time when this is closed. A file that can't be read is
/// told of and left for the next write to replace: nothing in it can't be learnt again.
public final class SavedPeers implements AutoCloseable {
    /// How often the store is written: what a crash loses at most.
    public static final Duration INTERVAL = Duration.ofMinutes(10);

    private static final Logger LOG = LoggerFactory.getLogger(SavedPeers.class);

    private final PeerStore store;
    private final Path file;
    private final Duration interval;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final CountDownLatch loaded = new CountDownLatch(1);
    private final Thread thread;

    /// Begins to read the file, and returns at once.
    public SavedPeers(PeerStore store, Path file) {
        this(store, file, INTERVAL);
    }

    SavedPeers(PeerStore store, Path file, Duration interval) {
        this.store = store;
        this.file = file;
        this.interval = interval;
        this.thread = Thread.ofVirtual().name("peer-file").start(this::run);
    }

    private void run() {
        load();
        loaded.countDown();
        try {
            while (!stop.await(interval.toNanos(), TimeUnit.NANOSECONDS)) save();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        save();
    }

    private void load() {
        try (InputStream in = Files.newInputStream(file)) {
            store.merge(
                    PeerFile.read(
                            new BufferedInputStream(in),
                            Files.size(file),
                            store.maxUnconnectedBytes()));
        } catch (NoSuchFileException e) {
            LOG.debug("no peers are known from before: {}", file);
        } catch (IOException e) {
            LOG.warn("can't read the peers of before from {}: {}", file, e.getMessage());
        }
    }

    private void save() {
        Path aside = file.resolveSibling(file.getFileName() + ".new");
        try {
            try (FileChannel channel =
                    FileChannel.open(
                            aside,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.TRUNCATE_EXISTING,
                            StandardOpenOption.WRITE)) {
                var out = new BufferedOutputStream(Channels.newOutputStream(channel));
                PeerFile.write(store.records(), out);
                out.flush();
                channel.force(true);
            }
            keepPrivate(aside);
            Files.move(
                    aside,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.warn("can't keep the peers in {}: {}", file, e.getMessage());
        }
    }

    /// Whom this node met is its owner's business alone.
    private static void keepPrivate(Path written) throws IOException {
        var view = Files.getFileAttributeView(written, PosixFileAttributeView.class);
        if (view != null) view.setPermissions(PosixFilePermissions.fromString("rw-------"));
    }

    /// Waits until what was known before is in the store.
    void awaitLoaded() throws InterruptedException {
        loaded.await();
    }

    /// Writes the store a last time, and waits for that.
    @Override
    public void close() {
        stop.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
