package cairn.node.gateways;

import java.time.Duration;

/// How long a server is waited for until it begins to answer, learned from how long it took.
/// Smoothed as TCP does it. Source: RFC 6298. State is guarded by `this`.
final class Patience {
    private static final long LEAST = Duration.ofSeconds(1).toNanos();

    private final long most;
    private long smoothed = -1;
    private long deviation;
    private int doublings;

    /// @param most also before the first answer
    Patience(Duration most) {
        this.most = most.toNanos();
    }

    synchronized void answered(long nanos) {
        doublings = 0;
        if (smoothed < 0) {
            smoothed = nanos;
            deviation = nanos / 2;
            return;
        }
        deviation += (Math.abs(nanos - smoothed) - deviation) / 4;
        smoothed += (nanos - smoothed) / 8;
    }

    /// It took too long: the next is waited for twice as long.
    synchronized void missed() {
        if (doublings < Long.SIZE / 4) doublings++;
    }

    synchronized Duration time() {
        if (smoothed < 0) return Duration.ofNanos(most);
        long learned = Math.max(LEAST, 2 * smoothed + 8 * deviation);
        boolean over = learned > most >> doublings;
        return Duration.ofNanos(over ? most : learned << doublings);
    }
}
