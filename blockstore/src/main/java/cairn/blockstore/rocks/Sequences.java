package cairn.blockstore.rocks;

import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;

/// Hands out sequence numbers, none of them twice, and knows which of them are settled.
///
/// A bulk file reserves a range of numbers of its own, so that no two files overlap. A range is
/// *open* until its file has been ingested and indexed, or dropped. Everything below the first open
/// range is settled: it needs no look when the store is opened again. Ranges are guarded by `this`.
final class Sequences {
    private final TreeSet<Long> open = new TreeSet<>();
    private final AtomicLong nextLoose;
    private long nextBulk;

    Sequences(long nextBulk, long nextLoose) {
        if (nextBulk < 0) throw new IllegalArgumentException("bulk number " + nextBulk);
        if (nextLoose >= 0) throw new IllegalArgumentException("loose number " + nextLoose);
        this.nextBulk = nextBulk;
        this.nextLoose = new AtomicLong(nextLoose);
    }

    /// A number for a block that goes through the log.
    long loose() {
        return nextLoose.getAndIncrement();
    }

    /// The numbers above all that were handed out.
    synchronized Horizon next() {
        return new Horizon(nextBulk, nextLoose.get());
    }

    /// Opens a range of `count` numbers.
    ///
    /// @return its first
    synchronized long reserve(int count) {
        long first = nextBulk;
        nextBulk += count;
        open.add(first);
        return first;
    }

    /// Closes the range that starts at `first`.
    synchronized void settle(long first) {
        open.remove(first);
    }

    /// The number below which all are settled.
    synchronized long settled() {
        return open.isEmpty() ? nextBulk : open.first();
    }

    /// The number below which all are settled, once the range that starts at `closing` is.
    synchronized long settledAfter(long closing) {
        for (long first : open) if (first != closing) return first;
        return nextBulk;
    }
}
