package cairn.libp2p.yamux;

import cairn.libp2p.limits.LimitExceededException;
import cairn.libp2p.limits.MemoryBudget;

/// A budget with one limit, that remembers the most that was ever reserved.
final class CountedMemory implements MemoryBudget {
    private final long limit;
    private long used;
    private long most;

    CountedMemory(long limit) {
        this.limit = limit;
    }

    @Override
    public synchronized void reserve(long bytes) throws LimitExceededException {
        if (!take(bytes, limit)) throw new LimitExceededException("over " + limit + " bytes");
    }

    @Override
    public synchronized boolean tryReserveSpare(long bytes) {
        return take(bytes, limit / 2);
    }

    private boolean take(long bytes, long upTo) {
        if (used + bytes > upTo) return false;
        used += bytes;
        most = Math.max(most, used);
        return true;
    }

    @Override
    public synchronized void release(long bytes) {
        if (bytes > used) throw new IllegalStateException("more is given back than was taken");
        used -= bytes;
    }

    synchronized long used() {
        return used;
    }

    synchronized long most() {
        return most;
    }
}
