package cairn.node.repo;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/// The right to write to a repo's store, held by one process at a time; or, on other files, the
/// right to be its daemon, or to change its settings and keys, which needs no store.
///
/// It is the operating system's lock on a file, so it ends with its process, however that ends.
/// What is in the file only tells others who holds it, and may be stale when nobody does.
///
/// The lock of a process falls when *any* channel of the process on the file is closed. So within a
/// process the lock is held by one at a time too, and the file isn't opened by anyone else.
public final class RepoLock implements Closeable {
    private static final String NAME = "repo.lock";
    private static final String DAEMON_NAME = "daemon.lock";
    private static final String SETTINGS_NAME = "settings.lock";
    private static final int MAX_OWNER_BYTES = 4096;
    private static final Duration POLL = Duration.ofMillis(50);

    /// The files, by their real paths, that this process has locked or tries to lock, and who does
    /// so. The lock is the process's, and so is this.
    private static final Map<Path, String> OURS = new ConcurrentHashMap<>();

    private final Path file;
    private final FileChannel channel;

    private RepoLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /// Takes the lock, and waits while another process has it.
    ///
    /// @param purpose what the lock is taken for, to tell others
    /// @param onWait is told once, before the wait, who has the lock
    /// @throws RepoException when it isn't free before the patience ends
    public static RepoLock take(
            Path repo, String purpose, Duration patience, Consumer<String> onWait)
            throws IOException {
        return take(NAME, purpose, new Wait(repo, patience, onWait));
    }

    /// Takes the right to change settings and keys, and waits while another process has it, as
    /// [#take] does.
    public static RepoLock takeForSettings(
            Path repo, String purpose, Duration patience, Consumer<String> onWait)
            throws IOException {
        return take(SETTINGS_NAME, purpose, new Wait(repo, patience, onWait));
    }

    /// Takes the right to be the daemon of a repo.
    ///
    /// @param purpose what the lock is taken for, to tell others
    /// @throws RepoException when another daemon has it; it says which
    public static RepoLock takeForDaemon(Path repo, String purpose) throws IOException {
        try {
            return take(DAEMON_NAME, purpose, new Wait(repo, Duration.ZERO, owner -> {}));
        } catch (HeldException e) {
            throw new RepoException(
                    "the repo "
                            + repo
                            + " has a daemon already: "
                            + e.owner
                            + ". \"cairn shutdown\" ends it; a node beside it takes a repo of its"
                            + " own (--repo-dir)",
                    e);
        }
    }

    /// Keeps daemons of a repo away, for what none would notice while it runs.
    ///
    /// @param purpose what is done meanwhile, to tell others
    /// @throws RepoException when a daemon runs; it says which
    public static RepoLock takeWithoutDaemon(Path repo, String purpose) throws IOException {
        try {
            return take(DAEMON_NAME, purpose, new Wait(repo, Duration.ZERO, owner -> {}));
        } catch (HeldException e) {
            throw new RepoException(
                    "the daemon of the repo "
                            + repo
                            + " runs, and would keep the identity that it started with: "
                            + e.owner
                            + ". End it with \"cairn shutdown\", and try again",
                    e);
        }
    }

    private static RepoLock take(String name, String purpose, Wait wait) throws IOException {
        Path file = wait.repo.toRealPath().resolve(name);
        String us = describe(purpose);
        for (String owner; (owner = OURS.putIfAbsent(file, us)) != null; ) wait.passTime(owner);
        boolean taken = false;
        try {
            RepoLock lock = new RepoLock(file, lockedFile(file, us, wait));
            taken = true;
            return lock;
        } finally {
            if (!taken) OURS.remove(file);
        }
    }

    /// The patience of a [Wait] has ended.
    private static final class HeldException extends RepoException {
        private static final long serialVersionUID = 1L;

        private final String owner;

        HeldException(String message, String owner) {
            super(message);
            this.owner = owner;
        }
    }

    /// Whether a folder was locked once and isn't now.
    ///
    /// @param purpose what is told to those who want the lock while this looks
    static boolean isFree(Path repo, String purpose) throws IOException {
        if (!Files.exists(repo.resolve(NAME))) return false;
        try (RepoLock _ = take(repo, purpose, Duration.ZERO, owner -> {})) {
            return true;
        } catch (RepoException e) {
            return false;
        }
    }

    /// Removes the file of a lock that is held, before its folder gets another name: the lock
    /// itself lasts until it is closed.
    static void forget(Path repo) throws IOException {
        Files.deleteIfExists(repo.resolve(NAME));
    }

    private static FileChannel lockedFile(Path file, String us, Wait wait) throws IOException {
        FileChannel channel = open(file);
        boolean locked = false;
        try {
            while (!isTaken(channel)) wait.passTime(owner(channel));
            writeOwner(channel, us, file);
            locked = true;
            return channel;
        } finally {
            if (!locked) channel.close();
        }
    }

    /// A wait for somebody else to let go of a repo.
    private static final class Wait {
        private final Path repo;
        private final Duration patience;
        private final Consumer<String> onWait;
        private final long end;
        private boolean said;

        Wait(Path repo, Duration patience, Consumer<String> onWait) {
            this.repo = repo;
            this.patience = patience;
            this.onWait = onWait;
            end =
                    System.nanoTime()
                            + Math.min(patience.toSeconds(), 1L << 32) * 1_000_000_000L
                            + patience.toNanosPart();
        }

        /// Lets a moment pass.
        ///
        /// @param owner who has the repo
        /// @throws RepoException when the patience has ended
        void passTime(String owner) throws IOException {
            if (System.nanoTime() - end >= 0)
                throw new HeldException(
                        "the repo "
                                + repo
                                + " is in use by "
                                + owner
                                + "; gave up after "
                                + patience.toSeconds()
                                + " s (wait longer with --timeout)",
                        owner);
            if (!said) onWait.accept(owner);
            said = true;
            LockSupport.parkNanos(POLL.toNanos());
            if (Thread.currentThread().isInterrupted())
                throw new InterruptedIOException("interrupted while waiting for the repo " + repo);
        }
    }

    private static FileChannel open(Path file) throws IOException {
        try {
            return FileChannel.open(
                    file,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE);
        } catch (AccessDeniedException e) {
            throw new RepoDirectory(file.getParent()).denied(e);
        }
    }

    private static boolean isTaken(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false; // by a class loader beside this one
        }
    }

    private static String describe(String purpose) {
        return "process "
                + ProcessHandle.current().pid()
                + " ("
                + purpose
                + ") since "
                + Instant.now().truncatedTo(ChronoUnit.SECONDS);
    }

    private static void writeOwner(FileChannel channel, String owner, Path file)
            throws IOException {
        byte[] bytes = owner.getBytes(StandardCharsets.UTF_8);
        byte[] told = Arrays.copyOf(bytes, Math.min(bytes.length, MAX_OWNER_BYTES));
        try {
            channel.write(ByteBuffer.wrap(told), 0);
            channel.truncate(told.length);
        } catch (IOException e) {
            throw RepoDirectory.notWritten(file, e);
        }
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
        if (!channel.isOpen()) return;
        try {
            channel.close();
        } finally {
            OURS.remove(file);
        }
    }
}
