package cairn.node;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/// The right to write to a repo, held by one process at a time.
///
/// It is the operating system's lock on a file, so it ends with its process, however that ends.
/// What is in the file only tells others who holds it, and may be stale when nobody does.
final class RepoLock implements Closeable {
    private static final String NAME = "repo.lock";
    private static final int MAX_OWNER_BYTES = 4096;
    private static final Duration POLL = Duration.ofMillis(50);

    private final FileChannel channel;

    private RepoLock(FileChannel channel) {
        this.channel = channel;
    }

    /// Takes the lock, and waits while another process has it.
    ///
    /// @param purpose what the lock is taken for, to tell others
    /// @param onWait is told once, before the wait, who has the lock
    /// @throws RepoException when it isn't free before the patience ends
    static RepoLock take(Path repo, String purpose, Duration patience, Consumer<String> onWait)
            throws IOException {
        FileChannel channel =
                FileChannel.open(
                        repo.resolve(NAME),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
        try {
            await(channel, repo, patience, onWait);
            writeOwner(channel, purpose);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
        return new RepoLock(channel);
    }

    private static void await(
            FileChannel channel, Path repo, Duration patience, Consumer<String> onWait)
            throws IOException {
        long end =
                System.nanoTime()
                        + Math.min(patience.toSeconds(), 1L << 32) * 1_000_000_000L
                        + patience.toNanosPart();
        boolean said = false;
        while (!isTaken(channel)) {
            String owner = owner(channel);
            if (System.nanoTime() - end >= 0)
                throw new RepoException(
                        "the repo "
                                + repo
                                + " is in use by "
                                + owner
                                + "; gave up after "
                                + patience.toSeconds()
                                + " s (wait longer with --timeout)");
            if (!said) onWait.accept(owner);
            said = true;
            LockSupport.parkNanos(POLL.toNanos());
            if (Thread.interrupted())
                throw new RepoException("interrupted while waiting for the repo " + repo);
        }
    }

    private static boolean isTaken(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false; // by this process
        }
    }

    private static void writeOwner(FileChannel channel, String purpose) throws IOException {
        String owner =
                "process "
                        + ProcessHandle.current().pid()
                        + " ("
                        + purpose
                        + ") since "
                        + Instant.now().truncatedTo(ChronoUnit.SECONDS);
        byte[] bytes = owner.getBytes(StandardCharsets.UTF_8);
        channel.write(ByteBuffer.wrap(bytes, 0, Math.min(bytes.length, MAX_OWNER_BYTES)), 0);
        channel.truncate(Math.min(bytes.length, MAX_OWNER_BYTES));
    }

    /// Who has the lock, as far as the file tells.
    private static String owner(FileChannel channel) throws IOException {
        ByteBuffer in = ByteBuffer.allocate(MAX_OWNER_BYTES);
        channel.read(in, 0);
        String text = StandardCharsets.UTF_8.decode(in.flip()).toString().strip();
        return text.isEmpty() ? "another process" : text;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
