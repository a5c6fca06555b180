package cairn.libp2p.mdns;

import java.util.function.LongSupplier;

/// A token bucket lets so many things through at once, and so many a second after that. Guarded by
/// `this`.
final class TokenBucket {
    private final int burst;
    private final double perNano;
    private final LongSupplier nanoTime;
    private double tokens;
    private long filled;

    TokenBucket(int burst, double perSecond, LongSupplier nanoTime) {
        this.burst = burst;
        this.perNano = perSecond / 1e9;
        this.nanoTime = nanoTime;
        this.tokens = burst;
        this.filled = nanoTime.getAsLong();
    }

    /// Whether one more may pass now.
    synchronized boolean take() {
        long now = nanoTime.getAsLong();
        tokens = Math.min(burst, tokens + (now - filled) * perNano);
        filled = now;
        if (tokens < 1) return false;
        tokens--;
        return true;
    }
}
