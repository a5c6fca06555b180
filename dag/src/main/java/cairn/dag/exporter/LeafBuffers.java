package cairn.dag.exporter;

import cairn.multiformats.Block;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.IntFunction;

/// Direct buffers that are used again and again for the bytes of leaves: a store copies into them
/// and a channel writes from them without a copy on the heap between. Safe for use by many threads
/// at once.
///
/// **Limit:** so many bytes of buffers in all. Whoever finds none has to do without.
final class LeafBuffers {
    /// Leaves of fewer bytes are as well off on the heap.
    static final int MIN_BYTES = 64 << 10;

    private final long maxBytes;
    private final IntFunction<ByteBuffer> memory;

    // Guarded by `this`: those that are free, and the bytes of all that there are.
    private final Deque<ByteBuffer> free = new ArrayDeque<>();
    private long bytes;
    private int leased;

    LeafBuffers(long maxBytes) {
        this(maxBytes, ByteBuffer::allocateDirect);
    }

    /// @param memory where new buffers come from
    LeafBuffers(long maxBytes, IntFunction<ByteBuffer> memory) {
        this.maxBytes = maxBytes;
        this.memory = memory;
    }

    /// How many are leased.
    synchronized int leased() {
        return leased;
    }

    /// A buffer whose limit is `size`; empty where there is none left, or the size is not one to
    /// have buffers for.
    Optional<ByteBuffer> lease(int size) {
        if (size < MIN_BYTES || size > Block.MAX_BYTES) return Optional.empty();
        int capacity = Math.max(MIN_BYTES, Integer.highestOneBit(size - 1) << 1);
        synchronized (this) {
            // The leaves of a file are of one size, all but the last: the next that is free will
            // mostly do, and is replaced by a larger one where it doesn't.
            ByteBuffer again = free.poll();
            if (again != null && again.capacity() >= size) {
                leased++;
                return Optional.of(again.clear().limit(size));
            }
            if (again != null) bytes -= again.capacity();
            if (bytes + capacity > maxBytes) return Optional.empty();
            bytes += capacity;
            leased++;
        }
        return Optional.of(made(capacity).limit(size));
    }

    private ByteBuffer made(int capacity) {
        boolean made = false;
        try {
            ByteBuffer buffer = memory.apply(capacity);
            made = true;
            return buffer;
        } finally {
            if (!made) forget(capacity);
        }
    }

    private synchronized void forget(int capacity) {
        bytes -= capacity;
        leased--;
    }

    void giveBack(ByteBuffer buffer) {
        synchronized (this) {
            free.push(buffer);
            leased--;
        }
    }
}
