package cairn.bench.compare;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/// What the machine itself allows an `add` of one large file, measured once each round by threads
/// of this JVM after they have warmed up.
final class Limits {
    private static final int PIECE = 1 << 20;
    private static final long HASH_NANOS = 1_500_000_000L;

    private final Workplace place;
    private final long size;
    private final int cores = Runtime.getRuntime().availableProcessors();
    private final List<Double> oneThread = new ArrayList<>();
    private final List<Double> allCores = new ArrayList<>();
    private final List<Double> disk = new ArrayList<>();
    private final List<Double> pipeline = new ArrayList<>();
    private final List<Double> start = new ArrayList<>();

    /// @param size of the file that is added, in bytes
    Limits(Workplace place, long size) {
        this.place = place;
        this.size = size;
    }

    long size() {
        return size;
    }

    /// Bytes a second that one thread hashes with SHA-256, 1 MiB at a time.
    Series oneThread() {
        return new Series(oneThread);
    }

    /// The same of as many threads as there are cores.
    Series allCores() {
        return new Series(allCores);
    }

    /// Bytes a second that go to a new file, in sequence and with one fdatasync at the end.
    Series disk() {
        return new Series(disk);
    }

    /// Seconds to read the file, hash it and write it to another one, which is synced at the end,
    /// in pieces of 1 MiB and on all cores: an `add` without a store and without a start.
    Series pipeline() {
        return new Series(pipeline);
    }

    /// Seconds to start and end a process that does nothing.
    Series start() {
        return new Series(start);
    }

    void measure() throws IOException, InterruptedException {
        hash(1);
        oneThread.add(hash(1));
        allCores.add(hash(cores));
        Disk.sync();
        disk.add(write());
        Path file = place.inputs().file(size);
        Disk.warm(file);
        Disk.sync();
        pipeline.add(pipe(file));
        start.add(Command.of("true").time().seconds());
    }

    private double hash(int threads) throws IOException, InterruptedException {
        long start = System.nanoTime();
        AtomicLong bytes = new AtomicLong();
        onThreads(
                threads,
                () -> {
                    MessageDigest sha = sha256();
                    byte[] piece = new byte[PIECE];
                    while (System.nanoTime() - start < HASH_NANOS) {
                        sha.update(piece);
                        sha.digest(piece, 0, 32);
                        bytes.addAndGet(PIECE);
                    }
                    return null;
                });
        return bytes.get() / seconds(start);
    }

    private double write() throws IOException {
        Path out = place.fresh();
        ByteBuffer piece = ByteBuffer.allocateDirect(PIECE);
        try (FileChannel to = create(out)) {
            long start = System.nanoTime();
            for (long at = 0; at < size; at += PIECE) to.write(piece.clear(), at);
            to.force(false);
            return size / seconds(start);
        } finally {
            Disk.delete(out);
        }
    }

    private double pipe(Path file) throws IOException, InterruptedException {
        Path out = place.fresh();
        AtomicLong next = new AtomicLong();
        try (FileChannel from = FileChannel.open(file, StandardOpenOption.READ);
                FileChannel to = create(out)) {
            long start = System.nanoTime();
            onThreads(
                    cores,
                    () -> {
                        MessageDigest sha = sha256();
                        ByteBuffer piece = ByteBuffer.allocateDirect(PIECE);
                        byte[] bytes = new byte[PIECE];
                        for (long at = next.getAndAdd(PIECE);
                                from.read(piece.clear(), at) > 0;
                                at = next.getAndAdd(PIECE)) {
                            int length = piece.flip().remaining();
                            piece.get(0, bytes, 0, length);
                            sha.update(bytes, 0, length);
                            sha.digest(bytes, 0, 32);
                            to.write(piece, at);
                        }
                        return null;
                    });
            to.force(false);
            return seconds(start);
        } finally {
            Disk.delete(out);
        }
    }

    private static FileChannel create(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static void onThreads(int threads, Callable<Void> work)
            throws IOException, InterruptedException {
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            List<Future<Void>> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) running.add(pool.submit(work));
            for (Future<Void> one : running) one.get();
        } catch (ExecutionException e) {
            throw new IOException("measuring the machine failed", e.getCause());
        }
    }
}
