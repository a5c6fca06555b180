package cairn.dag.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// The right to write what stands aside for a target, held by one run at a time.
///
/// It is the operating system's lock on an empty file, so it ends with its process, however that
/// ends. A file that a killed process left is taken again and removed by the next.
final class AsideLock implements AutoCloseable {
    private final Path file;
    private final FileChannel channel;

    private AsideLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /// @param target named in the error
    /// @throws DiskException when another run has the lock
    static AsideLock take(Path file, Path target) throws IOException {
        FileChannel channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        LinkOption.NOFOLLOW_LINKS);
        boolean taken = false;
        try {
            // A file that is gone was its last holder's, who is done.
            taken = isLocked(channel) && Files.exists(file, LinkOption.NOFOLLOW_LINKS);
        } finally {
            if (!taken) channel.close();
        }
        if (!taken)
            throw new DiskException(
                    "another run is writing the same to "
                            + DiskNames.shown(target)
                            + "; wait until it is done");
        return new AsideLock(file, channel);
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false; // by this process
        }
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
        channel.close();
    }
}
