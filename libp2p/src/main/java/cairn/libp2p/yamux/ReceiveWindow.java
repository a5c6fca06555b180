package cairn.libp2p.yamux;

import cairn.libp2p.limits.LimitExceededException;
import cairn.libp2p.limits.MemoryBudget;

/// A receive window is the account of one stream's incoming bytes: how many the other end may still
/// send, and what memory is reserved for those that are here. Guarded by the stream.
///
/// The first window, which every stream has by the protocol, is reserved only as its bytes arrive;
/// whatever is granted beyond it is reserved before it is granted. Arrays count with their whole
/// length, so that nothing is held that isn't reserved.
final class ReceiveWindow {
    /// What each stream may send at first (yamux, "Flow Control").
    static final int FIRST = 256 << 10;

    /// The most that a stream's window grows to: 2.6 Gbit/s at a round trip of 50 ms.
    static final int MOST = 16 << 20;

    /// A window doubles where half of it is read in less than so many round trips.
    private static final int ROUND_TRIPS = 4;

    /// The least that counts as a round trip, in nanoseconds: on loopback, scheduling costs more.
    private static final long LEAST_ROUND_TRIP = 500_000;

    /// A window shrinks where half of it takes longer than this to read, in nanoseconds.
    private static final long SLOW = 10_000_000_000L;

    private final MemoryBudget memory;
    private int size = FIRST;
    private int open = FIRST;
    private int read;
    private long lastUpdate;
    private long held;
    private long reserved;
    private boolean ended;

    ReceiveWindow(MemoryBudget memory, long now) {
        this.memory = memory;
        lastUpdate = now;
    }

    /// Counts bytes whose arrival a header announces.
    ///
    /// @throws ProtocolViolationException when the other end was not allowed to send so many
    void announced(long bytes) throws ProtocolViolationException {
        if (bytes > open)
            throw new ProtocolViolationException(
                    bytes + " bytes for a window of which " + open + " are open");
        open -= (int) bytes;
    }

    /// Reserves for an array that is about to be held.
    ///
    /// @throws LimitExceededException when there is no memory for it
    void hold(int bytes) throws LimitExceededException {
        long needed = held + bytes;
        if (needed > reserved) {
            memory.reserve(needed - reserved);
            reserved = needed;
        }
        held = needed;
    }

    /// Gives back what an array took that is no longer held.
    void release(int bytes) {
        held -= bytes;
        giveBack();
    }

    /// The other end will send no more: from now on only what is held is reserved.
    void end() {
        ended = true;
        giveBack();
    }

    /// Gives back everything: no more is held.
    void close() {
        held = 0;
        end();
    }

    private void giveBack() {
        long needed = ended ? held : Math.max(held, size - FIRST);
        if (reserved <= needed) return;
        memory.release(reserved - needed);
        reserved = needed;
    }

    /// Counts bytes that were read, or dropped.
    ///
    /// @param roundTrip in nanoseconds; 0 where it isn't known, and then the window won't grow
    /// @return what to tell the other end that it may send; 0 for nothing yet
    int consumed(int bytes, long now, long roundTrip) {
        read += bytes;
        if (read < size / 2) return 0;
        int grant = read;
        long took = now - lastUpdate;
        read = 0;
        lastUpdate = now;
        if (roundTrip > 0 && took < ROUND_TRIPS * Math.max(roundTrip, LEAST_ROUND_TRIP))
            grant += grow();
        else if (took > SLOW && size > FIRST) grant -= shrink();
        open += grant;
        return grant;
    }

    private int grow() {
        int more = Math.min(size, MOST - size);
        if (more == 0 || !memory.tryReserveSpare(more)) return 0;
        reserved += more;
        size += more;
        return more;
    }

    /// Credit can't be taken back, but what was read needn't be granted again.
    private int shrink() {
        int less = size / 2;
        size -= less;
        giveBack();
        return less;
    }

    /// What the window is when all is read.
    int size() {
        return size;
    }
}
