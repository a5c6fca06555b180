package cairn.libp2p.quic;

import cairn.libp2p.limits.MemoryBudget;
import cairn.libp2p.limits.Meter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// What was written to a stream and the connection has not taken yet. A writer copies into large
/// buffers and goes on; the event loop hands them over as the other end gives credit.
///
/// A virtual thread fills it, the event loop empties it. Guarded by `lock`; bytes are copied
/// outside of it, by the one writer, who is held to the connection's rate outside of it, too. The
/// meter's lock comes before this one.
final class SendQueue {
    /// How much is held before a writer waits: what the loop sends while a writer is woken.
    static final int MOST = 1 << 20;

    /// The largest buffer: few hand-overs, and a share of [#MOST] that keeps the loop busy.
    static final int CHUNK = 128 << 10;

    /// The smallest: small writes that follow each other share one.
    private static final int LEAST = 1 << 10;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<ByteBuf> buffers = new ArrayDeque<>();
    private final ByteBufAllocator allocator;
    private final MemoryBudget memory;
    private final Meter meter;
    private final Runnable send;

    /// The writer is with the meter, who asks whether to go on.
    private volatile boolean metered;

    /// Capacity of the buffers here and of those the loop has not been rid of, which is also what
    /// is reserved.
    private int held;

    /// A writer waits; it is woken when half is free, not for every buffer.
    private boolean waiting;

    /// The loop was asked to send, and hasn't begun to.
    private boolean asked;

    private boolean closed;

    /// Why nothing more may be written, though what is here is still sent.
    private Supplier<IOException> ending;

    /// Why nothing can be sent any more.
    private Supplier<IOException> failure;

    private final Deadline deadline = new Deadline();

    private final Meter.Sender sender =
            new Meter.Sender() {
                @Override
                public void check() throws IOException {
                    checkWriting();
                }

                @Override
                public long goodFor() {
                    return deadlineLeft();
                }
            };

    /// @param meter what holds writers to a rate
    /// @param send asks the event loop to take from here
    SendQueue(ByteBufAllocator allocator, MemoryBudget memory, Meter meter, Runnable send) {
        this.allocator = allocator;
        this.memory = memory;
        this.meter = meter;
        this.send = send;
    }

    void write(byte[] source, int offset, int length) throws IOException {
        int done = 0;
        while (done < length) {
            int n = Math.min(length - done, CHUNK);
            meter(n);
            if (!append(source, offset + done, n)) {
                int capacity = Math.max(n, LEAST);
                room(capacity);
                ByteBuf buffer = allocator.directBuffer(capacity, capacity);
                buffer.writeBytes(source, offset + done, n);
                add(buffer, capacity);
            }
            done += n;
        }
    }

    private void meter(int bytes) throws IOException {
        metered = true;
        try {
            meter.sending(bytes, sender);
        } finally {
            metered = false;
        }
    }

    /// What a writer is to see has changed: one who is with the meter waits there.
    private void wakeMetered() {
        if (metered) meter.wake();
    }

    private void checkWriting() throws IOException {
        lock.lock();
        try {
            deadline.check();
            check();
        } finally {
            lock.unlock();
        }
    }

    private long deadlineLeft() {
        lock.lock();
        try {
            return deadline.left();
        } finally {
            lock.unlock();
        }
    }

    /// Puts few bytes behind those that wait, where there is room.
    private boolean append(byte[] source, int offset, int length) throws IOException {
        if (length >= LEAST) return false;
        lock.lock();
        try {
            deadline.check();
            check();
            ByteBuf last = buffers.peekLast();
            if (last == null || last.writableBytes() < length) return false;
            last.writeBytes(source, offset, length);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// Waits until so much more may be held, and reserves it.
    private void room(int capacity) throws IOException {
        lock.lock();
        try {
            deadline.check();
            while (true) {
                check();
                if (held + capacity <= MOST) break;
                waiting = true;
                deadline.await(changed);
            }
            memory.reserve(capacity);
            held += capacity;
        } finally {
            lock.unlock();
        }
    }

    private void add(ByteBuf buffer, int capacity) throws IOException {
        boolean ask;
        lock.lock();
        try {
            if (closed || ending != null || failure != null) {
                buffer.release();
                forget(capacity);
                check();
            }
            buffers.add(buffer);
            ask = !asked;
            asked = true;
        } finally {
            lock.unlock();
        }
        if (ask) send.run();
    }

    private void check() throws IOException {
        if (failure != null) throw failure.get();
        if (ending != null) throw ending.get();
        if (closed) throw new IOException("this end has closed the stream for writing");
    }

    /// The next buffer to send, which the caller owns and tells of by [#sent]. Loop only.
    Optional<ByteBuf> next() {
        lock.lock();
        try {
            ByteBuf first = buffers.pollFirst();
            if (first == null) asked = false;
            return Optional.ofNullable(first);
        } finally {
            lock.unlock();
        }
    }

    /// Whether all has been taken and nothing more will come, so that the other end may be told
    /// that this was all: what was dropped wasn't. Loop only.
    boolean drained() {
        lock.lock();
        try {
            return closed && failure == null && buffers.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /// A buffer of this capacity is no longer held. Loop only.
    void sent(int capacity) {
        lock.lock();
        try {
            forget(capacity);
            if (waiting && held <= MOST / 2) {
                waiting = false;
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /// Nothing more will be written; what is here is still sent.
    ///
    /// @return whether it was open until now
    boolean close() {
        boolean first;
        lock.lock();
        try {
            first = !closed && failure == null;
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        wakeMetered();
        return first;
    }

    /// Nothing more may be written, for a reason; what is here is still sent.
    ///
    /// @param cause makes an exception for each who writes
    void end(Supplier<IOException> cause) {
        lock.lock();
        try {
            if (ending == null) ending = cause;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        wakeMetered();
    }

    boolean isEmpty() {
        lock.lock();
        try {
            return held == 0;
        } finally {
            lock.unlock();
        }
    }

    /// Nothing can be sent any more; what is here is dropped.
    ///
    /// @param cause makes an exception for each who writes
    void fail(Supplier<IOException> cause) {
        lock.lock();
        try {
            if (failure == null) failure = cause;
            for (ByteBuf buffer : buffers) {
                forget(buffer.capacity());
                buffer.release();
            }
            buffers.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        wakeMetered();
    }

    void deadline(Deadline.At at) {
        lock.lock();
        try {
            deadline.set(at);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        wakeMetered();
    }

    private void forget(int capacity) {
        held -= capacity;
        memory.release(capacity);
    }
}
