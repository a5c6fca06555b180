package cairn.libp2p.quic;

import cairn.libp2p.limits.LimitExceededException;
import cairn.libp2p.limits.MemoryBudget;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// What arrived on a stream and its reader has not taken yet: a little ahead of the reader, so that
/// neither waits for the other; what is beyond stays in the connection, whose window then closes.
///
/// The event loop fills it, a virtual thread empties it. Guarded by `lock`; buffers are copied from
/// outside of it, by the one reader.
final class ReceiveQueue {
    /// How far the event loop reads ahead: what arrives while a reader is woken, at full speed.
    static final int AHEAD = 512 << 10;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<ByteBuf> buffers = new ArrayDeque<>();
    private final MemoryBudget memory;
    private final Runnable resume;

    /// Capacity of the buffers that are held, which is also what is reserved.
    private int held;

    /// The loop stopped reading because this was full.
    private boolean stalled;

    private boolean finished;
    private boolean closed;
    private boolean copying;
    private Supplier<IOException> failure;
    private final Deadline deadline = new Deadline();

    /// @param resume asks the event loop to read on
    ReceiveQueue(MemoryBudget memory, Runnable resume) {
        this.memory = memory;
        this.resume = resume;
    }

    /// Whether the loop should read more; if not, `resume` is called once it should. Loop only.
    boolean wants() {
        lock.lock();
        try {
            if (finished || failure != null) return false;
            stalled = held >= AHEAD;
            return !stalled;
        } finally {
            lock.unlock();
        }
    }

    /// Adds a buffer, which is owned from here on. Loop only; the reader isn't woken yet.
    void offer(ByteBuf buffer) throws LimitExceededException {
        lock.lock();
        try {
            if (!closed && failure == null) {
                memory.reserve(buffer.capacity());
                held += buffer.capacity();
                buffers.add(buffer.retain());
            }
        } finally {
            lock.unlock();
            buffer.release();
        }
    }

    /// Wakes the reader. Loop only, once a batch.
    void wake() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// The other end has finished: what is here is the rest.
    void finish() {
        lock.lock();
        try {
            finished = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Nothing more can be read.
    ///
    /// @param cause makes an exception for each who reads
    /// @param drop whether what is here goes too
    void fail(Supplier<IOException> cause, boolean drop) {
        lock.lock();
        try {
            if (failure == null && !(finished && !drop)) failure = cause;
            if (drop) clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Nothing more will be read here: what arrives is dropped, so that its sender goes on.
    void close() {
        boolean more;
        lock.lock();
        try {
            closed = true;
            clear();
            more = stalled;
            stalled = false;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (more) resume.run();
    }

    void deadline(Deadline.At at) {
        lock.lock();
        try {
            deadline.set(at);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) return 0;
        int done = 0;
        while (done < length) {
            ByteBuf buffer = take(done == 0);
            if (buffer == null) break;
            int n = Math.min(length - done, buffer.readableBytes());
            buffer.readBytes(target, offset + done, n);
            done += n;
            putBack(buffer);
        }
        return done == 0 ? -1 : done;
    }

    /// The first buffer, whose bytes the caller reads and gives back; null where there is none, or,
    /// having waited, never will be.
    private ByteBuf take(boolean wait) throws IOException {
        lock.lock();
        try {
            while (true) {
                if (closed) {
                    if (!wait) return null;
                    throw new IOException("this end has closed the stream for reading");
                }
                if (!buffers.isEmpty()) {
                    if (wait) deadline.check();
                    copying = true;
                    return buffers.getFirst();
                }
                if (finished || !wait) return null;
                if (failure != null) throw failure.get();
                deadline.await(changed);
            }
        } finally {
            lock.unlock();
        }
    }

    private void putBack(ByteBuf buffer) {
        boolean more = false;
        lock.lock();
        try {
            copying = false;
            if (buffers.isEmpty()) {
                release(buffer);
            } else if (!buffer.isReadable()) {
                buffers.removeFirst();
                release(buffer);
            }
            if (stalled && held <= AHEAD / 2) {
                stalled = false;
                more = failure == null;
            }
        } finally {
            lock.unlock();
        }
        if (more) resume.run();
    }

    private void clear() {
        // The buffer that is being copied from is its reader's to free.
        if (copying) buffers.pollFirst();
        for (ByteBuf buffer : buffers) release(buffer);
        buffers.clear();
    }

    private void release(ByteBuf buffer) {
        held -= buffer.capacity();
        memory.release(buffer.capacity());
        buffer.release();
    }
}
