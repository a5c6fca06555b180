package cairn.libp2p.bandwidth;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/// A count of bytes with its rate: a moving average of the bytes in each second, in which a second
/// that lies t seconds back weighs e^-t. It is brought up to date as bytes are added or the rate is
/// read, so no thread is needed for it.
///
/// Bytes are added without a lock; the average is guarded by `this`.
final class ByteRate {
    private static final long SECOND = 1_000_000_000L;

    /// How much of the average one new second is.
    private static final double WEIGHT = 1 - Math.exp(-1);

    private final LongSupplier nanos;
    private final LongAdder total = new LongAdder();
    private volatile long secondBegan;
    private long totalThen;
    private double rate;

    ByteRate(LongSupplier nanos) {
        this.nanos = nanos;
        this.secondBegan = nanos.getAsLong();
    }

    void add(long bytes) {
        if (nanos.getAsLong() - secondBegan >= SECOND) advance();
        total.add(bytes);
    }

    long total() {
        return total.sum();
    }

    /// In bytes a second.
    synchronized double rate() {
        advance();
        return rate;
    }

    /// Ends the second that is over. What was added since its begin was added within it, as any
    /// later addition would have ended it first; the whole seconds after it were silent.
    private synchronized void advance() {
        long seconds = (nanos.getAsLong() - secondBegan) / SECOND;
        if (seconds < 1) return;
        long now = total.sum();
        rate += WEIGHT * (now - totalThen - rate);
        rate *= Math.exp(1.0 - seconds);
        totalThen = now;
        secondBegan += seconds * SECOND;
    }
}
