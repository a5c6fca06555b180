package cairn.libp2p.quic;

import cairn.libp2p.limits.LimitExceededException;
import cairn.libp2p.limits.MemoryBudget;
import java.util.function.LongSupplier;

/// What a connection holds for readers that don't keep up: bytes that arrived and are beyond the
/// streams' own queues, where QUIC keeps them until they are asked for. QUIC doesn't tell how many
/// these are; it is taken from what has arrived and what has been handed on since the first stream
/// stopped. While none has, nothing is held. Owned by the event loop.
final class Backlog {
    /// The widest that QUIC makes a connection's window, and so the most that it can hold.
    static final long MOST = 24L << 20;

    private final MemoryBudget memory;
    private final LongSupplier arrived;
    private int stopped;
    private boolean checked;
    private long arrivedBefore;
    private long handedOn;
    private long reserved;

    /// @param arrived how many bytes have arrived on the connection in all
    Backlog(MemoryBudget memory, LongSupplier arrived) {
        this.memory = memory;
        this.arrived = arrived;
    }

    /// A stream's queue is full.
    ///
    /// @return whether [#check] must be called from now on, until it says otherwise
    boolean stop() {
        if (stopped++ == 0) {
            arrivedBefore = arrived.getAsLong();
            handedOn = 0;
        }
        boolean first = !checked;
        checked = true;
        return first;
    }

    /// A stream whose queue was full reads on, or has ended.
    void goOn() {
        if (--stopped == 0) release();
    }

    /// Bytes went to a stream's queue.
    void handOn(int bytes) {
        handedOn += bytes;
    }

    /// Reserves what is held by now.
    ///
    /// @return whether to check again later
    /// @throws LimitExceededException when it is too much
    boolean check() throws LimitExceededException {
        checked = stopped > 0;
        if (!checked) return false;
        long held = Math.clamp(arrived.getAsLong() - arrivedBefore - handedOn, 0, MOST);
        if (held > reserved) {
            memory.reserve(held - reserved);
            reserved = held;
        } else if (held < reserved) {
            memory.release(reserved - held);
            reserved = held;
        }
        return true;
    }

    /// The connection has ended.
    void release() {
        memory.release(reserved);
        reserved = 0;
    }
}
