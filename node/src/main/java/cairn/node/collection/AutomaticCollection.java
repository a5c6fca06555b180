package cairn.node.collection;

import cairn.node.repo.StorageSettings;

import cairn.blockstore.CollectionRunsException;
import cairn.blockstore.StoreException;
import cairn.blockstore.StoreFullException;
import cairn.blockstore.rocks.Limits;
import cairn.blockstore.rocks.RocksStore;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;

/// Collects garbage before something is added, when the settings say so, the store has reached the
/// watermark, and the last such collection lies a period back: where all is pinned, another one
/// would find nothing.
public final class AutomaticCollection {
    private static final int PERCENT = 100;

    private final StorageSettings settings;
    private final RocksStore store;
    private final Path folder;
    private final Path stamp;
    private final InstantSource clock;
    private final Consumer<IOException> onFailure;

    /// @param folder of the store
    /// @param stamp a file whose time is that of the last collection
    /// @param onFailure is told why one that was begun wasn't done, or not to its end
    public AutomaticCollection(
            StorageSettings settings,
            RocksStore store,
            Path folder,
            Path stamp,
            InstantSource clock,
            Consumer<IOException> onFailure) {
        this.settings = settings;
        this.store = store;
        this.folder = folder;
        this.stamp = stamp;
        this.clock = clock;
        this.onFailure = onFailure;
    }

    /// Adds something.
    @FunctionalInterface
    public interface Adding<T> {
        T run() throws IOException;
    }

    /// Adds, after a collection if it is time for one. One that fails doesn't stop what is added:
    /// it is told, and told again when there is no room then. Where another one runs already, or
    /// blocks are being removed, there is none, and the next time may have one.
    public <T> T before(Collector collector, Adding<T> adding) throws IOException {
        Optional<IOException> failure = collect(collector);
        try {
            return adding.run();
        } catch (StoreFullException e) {
            failure.ifPresent(e::addSuppressed);
            throw e;
        }
    }

    /// @return why it failed
    private Optional<IOException> collect(Collector collector) throws IOException {
        if (!settings.automatic() || !isPastWatermark() || !isTime()) return Optional.empty();
        try {
            collector.collect(CollectionListener.NONE);
        } catch (CollectionRunsException _) {
            return Optional.empty();
        } catch (CollectionException | StoreException e) {
            note();
            onFailure.accept(e);
            return Optional.of(e);
        }
        note();
        return Optional.empty();
    }

    private boolean isPastWatermark() throws IOException {
        Limits limits = settings.limits(folder);
        long bytes = store.bytesOnDisk();
        long most =
                limits.bytes() < Long.MAX_VALUE
                        ? limits.bytes()
                        : bytes
                                + Math.max(
                                        0,
                                        Files.getFileStore(folder).getUsableSpace()
                                                - limits.reserve());
        return bytes >= most / PERCENT * settings.watermark();
    }

    /// A time in the future was written by a clock that went wrong.
    private boolean isTime() throws IOException {
        try {
            Instant last = Files.getLastModifiedTime(stamp).toInstant();
            Instant now = clock.instant();
            return last.isAfter(now) || !last.plus(settings.period()).isAfter(now);
        } catch (NoSuchFileException e) {
            return true;
        }
    }

    /// Notes the time. Where a full disk takes no note, the next add collects again.
    private void note() throws IOException {
        if (!Files.exists(stamp)) {
            try {
                Files.createFile(stamp);
            } catch (FileSystemException e) {
                return;
            }
        }
        Files.setLastModifiedTime(stamp, FileTime.from(clock.instant()));
    }
}
