package cairn.libp2p.bandwidth;

/// A token bucket is an allowance that fills up at a rate and is spent as bytes pass. It holds at
/// most what comes in [#BURST_NANOS], so that a rate holds over short times too. Time is given to
/// it; not safe for several threads.
final class TokenBucket {
    /// A tenth of a second: long against the time that a thread takes to wake, short for whoever
    /// shares the line.
    static final long BURST_NANOS = 100_000_000L;

    private static final double NANOS_PER_SECOND = 1e9;

    private long rate;
    private double tokens;
    private long asOf;

    /// @param rate in bytes a second, above 0
    TokenBucket(long rate, long now) {
        this.rate = rate;
        this.asOf = now;
        this.tokens = burst();
    }

    void rate(long next, long now) {
        fill(now);
        rate = next;
        tokens = Math.min(tokens, burst());
    }

    /// The most that is spent at once, at least a byte.
    int burst() {
        double bytes = rate / NANOS_PER_SECOND * BURST_NANOS;
        return (int) Math.clamp(bytes, 1, Integer.MAX_VALUE);
    }

    /// Spends bytes, at most [#burst], if they are there.
    ///
    /// @return 0 when they are spent; else the nanoseconds after which they will be there
    long spend(int bytes, long now) {
        fill(now);
        double missing = bytes - tokens;
        if (missing <= 0) {
            tokens -= bytes;
            return 0;
        }
        return Math.max(1, (long) Math.ceil(missing / rate * NANOS_PER_SECOND));
    }

    private void fill(long now) {
        tokens = Math.min(burst(), tokens + (now - asOf) / NANOS_PER_SECOND * rate);
        asOf = now;
    }
}
