package cairn.libp2p.yamux;

import cairn.libp2p.wire.Duplex;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// An outbox is what a connection has to write. Streams pack their frames into one array while the
/// one before it is being written, so that many small frames share a system call and large ones
/// fill whole cipher frames.
///
/// All I/O is done by a thread of the outbox that lives while there is something to write: the
/// thread that reads the connection never waits for a write (two ends that did would wait for each
/// other), and who is interrupted while it writes to a stream doesn't interrupt the channel.
///
/// Streams wait for room in the order they came. Frames without payload never wait: what doesn't
/// fit leads the next array. A peer that makes this end owe it more than [#MOST_OWED] of them reads
/// nothing, and is given up.
///
/// State is guarded by `lock`, under which nobody waits and nothing is read or written; only the
/// writing thread touches the array that it took away. No other lock is taken under it.
final class Outbox {
    /// A whole plaintext of a Noise frame, the largest that is common; for TLS, four records less a
    /// few bytes.
    static final int CIPHER_FRAME = 65_519;

    /// The largest array on a channel that is written fast: fewer changes of threads. On a slow one
    /// it is a single cipher frame or less, behind which pongs and window updates don't wait long.
    static final int MOST_BATCHED = 4 * CIPHER_FRAME;

    /// The most that one frame carries, so that a frame with its header is a cipher frame.
    static final int MOST_PAYLOAD = CIPHER_FRAME - FrameHeader.BYTES;

    /// The most frames without payload that wait for the other end to read; they fit one array.
    static final int MOST_OWED = 4_096;

    /// A payload is not cut to fit where less than this would remain of it.
    private static final int LEAST_PART = 1_024;

    /// A channel is fast where an array is written within this, in nanoseconds.
    private static final long FAST_WRITE = 5_000_000;

    /// Where an array takes longer, in nanoseconds, the next is half as large: go gives a peer ten
    /// seconds to answer a ping, and the answer waits for two arrays.
    private static final long SLOW_WRITE = 500_000_000;

    /// The smallest that arrays become on a slow channel.
    private static final int LEAST_LIMIT = 4 << 10;

    private static final int LEAST_BATCH = 256;
    private static final byte[] NOTHING = {};

    private final Duplex channel;
    private final Consumer<String> gaveUp;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition idle = lock.newCondition();
    private final LinkedHashSet<YamuxStream> waiting = new LinkedHashSet<>(2);
    private byte[] batch = NOTHING;
    private byte[] spare = NOTHING;
    private int filled;
    private int limit = CIPHER_FRAME;
    private long wroteAt;
    private byte[] owed = NOTHING;
    private int owedBytes;
    private boolean writing;
    private boolean closed;
    private byte[] inFlight = NOTHING;
    private int inFlightBytes;
    private long writes;

    /// @param gaveUp told, on any thread, why the channel can't be written any more; must not wait
    Outbox(Duplex channel, Consumer<String> gaveUp) {
        this.channel = channel;
        this.gaveUp = gaveUp;
    }

    /// Packs part of a stream's bytes, or puts the stream among those that wait for room; it is
    /// woken when there is some.
    ///
    /// @return how many were packed; 0 where the stream now waits, -1 where nothing can be written
    ///   any more
    int offer(YamuxStream stream, byte[] source, int offset, int length) {
        lock.lock();
        try {
            // The end, once it is packed, must be the last of the stream.
            if (closed || stream.isFinished()) return -1;
            YamuxStream next = firstWaiting();
            int room = limit - filled - FrameHeader.BYTES;
            if ((next != null && next != stream) || room < Math.min(length, LEAST_PART)) {
                waiting.add(stream);
                return 0;
            }
            if (next == stream) waiting.removeFirst();
            int n = Math.min(length, Math.min(room, MOST_PAYLOAD));
            ensure(FrameHeader.BYTES + n);
            FrameHeader.write(batch, filled, FrameType.DATA, 0, stream.id(), n);
            System.arraycopy(source, offset, batch, filled + FrameHeader.BYTES, n);
            filled += FrameHeader.BYTES + n;
            startWriting();
            wakeNext();
            return n;
        } finally {
            lock.unlock();
        }
    }

    /// Takes a stream from those that wait for room.
    void leave(YamuxStream stream) {
        lock.lock();
        try {
            if (waiting.remove(stream)) wakeNext();
        } finally {
            lock.unlock();
        }
    }

    /// Packs a frame without payload, to be written at once or with the next [#flush]. Never waits.
    void control(FrameType type, int flags, int streamId, int length, boolean now) {
        boolean tooMany = false;
        lock.lock();
        try {
            if (closed) return;
            if (owedBytes == 0 && filled + FrameHeader.BYTES <= limit) {
                ensure(FrameHeader.BYTES);
                FrameHeader.write(batch, filled, type, flags, streamId, length);
                filled += FrameHeader.BYTES;
            } else if (owedBytes < MOST_OWED * FrameHeader.BYTES) {
                if (owedBytes + FrameHeader.BYTES > owed.length)
                    owed = Arrays.copyOf(owed, Math.max(LEAST_BATCH, 2 * owed.length));
                FrameHeader.write(owed, owedBytes, type, flags, streamId, length);
                owedBytes += FrameHeader.BYTES;
            } else {
                tooMany = true;
            }
            if (now) startWriting();
        } finally {
            lock.unlock();
        }
        if (tooMany) gaveUp.accept("the other end reads nothing of what it is told");
    }

    /// Has written what is packed. Never waits.
    void flush() {
        lock.lock();
        try {
            if (filled > 0) startWriting();
        } finally {
            lock.unlock();
        }
    }

    /// Takes no more frames; those that are packed are still written.
    void close() {
        lock.lock();
        try {
            closed = true;
            wakeAll();
        } finally {
            lock.unlock();
        }
    }

    /// Takes no more frames and forgets those that are packed.
    void discard() {
        lock.lock();
        try {
            filled = 0;
            owedBytes = 0;
            closed = true;
            wakeAll();
        } finally {
            lock.unlock();
        }
    }

    /// Waits until everything is written, or can't be.
    void awaitWritten(long nanos) throws InterruptedException {
        long left = nanos;
        lock.lock();
        try {
            while (writing && left > 0) left = idle.awaitNanos(left);
        } finally {
            lock.unlock();
        }
    }

    /// The number of the write that is going on, or 0.
    long currentWrite() {
        lock.lock();
        try {
            return writing ? writes : 0;
        } finally {
            lock.unlock();
        }
    }

    /// Frees the arrays of an outbox that is idle.
    void trim() {
        lock.lock();
        try {
            if (writing || filled > 0) return;
            batch = NOTHING;
            spare = NOTHING;
            owed = NOTHING;
        } finally {
            lock.unlock();
        }
    }

    private void startWriting() {
        if (writing) return;
        writing = true;
        Thread.ofVirtual().name("yamux-write").start(this::writeAll);
    }

    private void writeAll() {
        try {
            for (int n; (n = nextBatch()) > 0; ) channel.write(inFlight, 0, n);
        } catch (IOException e) {
            stopWriting();
            gaveUp.accept("writing failed: " + e.getMessage());
        }
    }

    private int nextBatch() {
        lock.lock();
        try {
            if (inFlight.length > spare.length) spare = inFlight;
            if (inFlight.length > 0) adapt();
            inFlight = NOTHING;
            if (filled == 0) {
                writing = false;
                idle.signalAll();
                return 0;
            }
            int n = filled;
            inFlight = batch;
            inFlightBytes = n;
            batch = spare;
            spare = NOTHING;
            filled = 0;
            packOwed();
            writes++;
            wroteAt = System.nanoTime();
            wakeNext();
            return n;
        } finally {
            lock.unlock();
        }
    }

    /// Sets how large the next array may be by how long the last one took. Only one that was rather
    /// full tells that a larger one is written as fast.
    private void adapt() {
        long took = System.nanoTime() - wroteAt;
        int most = took < FAST_WRITE ? MOST_BATCHED : CIPHER_FRAME;
        if (took > SLOW_WRITE) limit = Math.max(LEAST_LIMIT, Math.min(limit, CIPHER_FRAME) / 2);
        else if (inFlightBytes > limit / 2 && took < SLOW_WRITE / 4)
            limit = Math.min(2 * limit, most);
        else limit = Math.min(limit, most);
    }

    private void packOwed() {
        ensure(owedBytes);
        System.arraycopy(owed, 0, batch, 0, owedBytes);
        filled = owedBytes;
        owedBytes = 0;
    }

    private void stopWriting() {
        lock.lock();
        try {
            filled = 0;
            owedBytes = 0;
            closed = true;
            writing = false;
            idle.signalAll();
            wakeAll();
        } finally {
            lock.unlock();
        }
    }

    private void ensure(int more) {
        int needed = filled + more;
        if (needed <= batch.length) return;
        byte[] larger;
        if (spare.length >= needed) {
            larger = spare;
            spare = NOTHING;
        } else {
            larger = new byte[grown(needed)];
        }
        System.arraycopy(batch, 0, larger, 0, filled);
        batch = larger;
    }

    private int grown(int needed) {
        return Math.min(MOST_BATCHED, Math.max(Math.max(needed, 2 * batch.length), LEAST_BATCH));
    }

    private void wakeNext() {
        YamuxStream next = firstWaiting();
        if (next != null && limit - filled >= LEAST_PART + FrameHeader.BYTES) next.wakeWriter();
    }

    private YamuxStream firstWaiting() {
        return waiting.isEmpty() ? null : waiting.getFirst();
    }

    private void wakeAll() {
        for (YamuxStream each : waiting) each.wakeWriter();
    }
}
