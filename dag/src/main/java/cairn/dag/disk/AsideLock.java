package cairn.dag.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/// The right to write what stands aside for a target, held by one run at a time.
///
/// It is the operating system's lock on a small file, so it ends with its process, however that
/// ends. A file that a killed process left is taken again and removed by the next.
///
/// The file is deleted at the end, so that one that was opened may be gone, or another, by the time
/// it is locked: its holder writes a word into it that nobody else has, and holds the lock only
/// when that stands in the file of this name. Within a process the name itself is taken first, for
/// the system's lock is one of processes, and lost when any channel to the file is closed.
final class AsideLock implements AutoCloseable {
    /// What this process has. Opening and closing such a file would give its lock away.
    private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    /// The file that has the name: the same, opened once more.
    private final FileChannel named;

    private AsideLock(Path file, FileChannel channel, FileChannel named) {
        this.file = file;
        this.channel = channel;
        this.named = named;
    }

    /// @param file absolute
    /// @param target named in the error
    /// @throws DiskException when another run has the lock
    static AsideLock take(Path file, Path target) throws IOException {
        if (!OURS.add(file)) throw taken(target);
        Optional<AsideLock> lock = Optional.empty();
        try {
            lock = locked(file);
        } finally {
            if (lock.isEmpty()) OURS.remove(file);
        }
        return lock.orElseThrow(() -> taken(target));
    }

    private static DiskException taken(Path target) {
        return new DiskException(
                "another run is writing the same to "
                        + DiskNames.shown(target)
                        + "; wait until it is done");
    }

    private static Optional<AsideLock> locked(Path file) throws IOException {
        FileChannel channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        LinkOption.NOFOLLOW_LINKS);
        Optional<FileChannel> named = Optional.empty();
        try {
            if (channel.tryLock() != null) named = named(file, channel);
        } finally {
            if (named.isEmpty()) channel.close();
        }
        return named.map(same -> new AsideLock(file, channel, same));
    }

    /// Opens the file of a name; empty when it isn't the one that is locked, which then was its
    /// last holder's, who is done.
    private static Optional<FileChannel> named(Path file, FileChannel locked) throws IOException {
        ByteBuffer word = StandardCharsets.US_ASCII.encode(UUID.randomUUID().toString());
        locked.truncate(0);
        locked.write(word.duplicate(), 0);
        FileChannel named;
        try {
            named = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        boolean same = false;
        try {
            ByteBuffer there = ByteBuffer.allocate(word.remaining());
            same = named.read(there, 0) == word.remaining() && there.flip().equals(word);
        } finally {
            if (!same) named.close();
        }
        return same ? Optional.of(named) : Optional.empty();
    }

    @Override
    public void close() throws IOException {
        try (channel;
                named) {
            Files.deleteIfExists(file);
        } finally {
            OURS.remove(file);
        }
    }
}
