package cairn.testkit.relay;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// A delay line is one direction of a relay: bytes go in at one end and come out at the other once
/// their time has come. One thread fills it, one empties it.
///
/// `lock` guards the queues and the counts. The filling thread owns `filling` and `free`, the
/// emptying one what [#take] gave it until it calls again.
final class DelayLine {
    /// The bytes of one chunk, room for the largest read of TCP.
    static final int CHUNK_BYTES = 256 * 1024;

    /// What a read needs at least: a datagram of any size fits.
    static final int LEAST_ROOM = 64 * 1024;

    /// The most chunks in a line: 128 MiB, or 25 ms at 5 GB/s.
    private static final int MAX_CHUNKS = 512;

    /// A stretch of a chunk, and when it is due.
    private record Segment(ByteBuffer bytes, long dueNanos, ByteBuffer wholeChunk) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<Segment> queue = new ArrayDeque<>();
    private final ArrayDeque<ByteBuffer> spare = new ArrayDeque<>();
    private final long delayNanos;
    private final double nanosPerByte;
    private int chunks;
    private boolean ended;
    private boolean closed;

    private ByteBuffer filling;
    private long lineFreeNanos = System.nanoTime();

    DelayLine(NetworkConditions conditions) {
        this.delayNanos = conditions.delay().toNanos();
        this.nanosPerByte =
                conditions.bytesPerSecond() == 0 ? 0 : 1e9 / conditions.bytesPerSecond();
    }

    /// Room to read into; null when the line is full and `wait` is false, or when it is closed.
    ByteBuffer room(boolean wait) throws InterruptedException {
        if (filling != null && filling.remaining() >= LEAST_ROOM) return filling;
        lock.lockInterruptibly();
        try {
            if (filling != null) retire();
            while (!closed && spare.isEmpty() && chunks == MAX_CHUNKS) {
                if (!wait) return null;
                changed.await();
            }
            if (closed) return null;
            if (spare.isEmpty()) {
                chunks++;
                filling = ByteBuffer.allocateDirect(CHUNK_BYTES);
            } else {
                filling = spare.poll();
            }
            return filling;
        } finally {
            lock.unlock();
        }
    }

    /// Marks the end of a chunk, which comes back once all before it is released.
    private void retire() {
        queue.add(new Segment(filling.duplicate().limit(filling.position()), 0, filling));
        filling = null;
        changed.signalAll();
    }

    /// Sends off what was put into the room from `start` on.
    void commit(int start) {
        int length = filling.position() - start;
        long now = System.nanoTime();
        lineFreeNanos = Math.max(lineFreeNanos, now) + (long) (length * nanosPerByte);
        ByteBuffer bytes = filling.duplicate().limit(filling.position()).position(start);
        lock.lock();
        try {
            queue.add(new Segment(bytes, lineFreeNanos + delayNanos, null));
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Says that nothing more comes in.
    void end() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Drops everything, and ends all waits.
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Waits for the next bytes whose time has come; null after the last. They stay good until the
    /// next call.
    ByteBuffer take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!closed) {
                Segment next = queue.peek();
                if (next == null) {
                    if (ended) return null;
                    changed.await();
                } else if (next.wholeChunk() != null) {
                    spare.add(queue.remove().wholeChunk().clear());
                    changed.signalAll();
                } else {
                    long left = next.dueNanos() - System.nanoTime();
                    if (left <= 0) return queue.remove().bytes();
                    changed.awaitNanos(left);
                }
            }
            return null;
        } finally {
            lock.unlock();
        }
    }
}
