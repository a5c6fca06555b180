package cairn.bitswap.session;

import java.time.Duration;

/// How long answers of one partner take, from the want to the answer, and how much later they may
/// be before they are missed. Smoothed as TCP does it. Source: RFC 6298. Times in nanoseconds.
final class Latency {
    /// Before the first answer.
    private static final long UNKNOWN = Duration.ofMillis(100).toNanos();

    private static final long FIRST_PATIENCE = Duration.ofSeconds(2).toNanos();
    private static final long LEAST_MARGIN = Duration.ofMillis(50).toNanos();
    private static final long MOST_MARGIN = Duration.ofSeconds(7).toNanos();

    /// 50 ms doubled so often is more than the greatest margin.
    private static final int MOST_DOUBLINGS = 8;

    /// The least is believed for so long; then the next answer to a want that found nothing
    /// outstanding takes its place.
    private static final long LEAST_HOLDS = Duration.ofSeconds(30).toNanos();

    private long smoothed = -1;
    private long deviation;
    private long least = Long.MAX_VALUE;
    private long leastAt;
    private int doublings;

    void record(long nanos, boolean alone, long now) {
        doublings = 0;
        if (smoothed < 0) {
            smoothed = nanos;
            deviation = nanos / 2;
        } else {
            deviation += (Math.abs(nanos - smoothed) - deviation) / 4;
            smoothed += (nanos - smoothed) / 8;
        }
        if (nanos <= least || (alone && now - leastAt > LEAST_HOLDS)) {
            least = nanos;
            leastAt = now;
        }
    }

    boolean isKnown() {
        return smoothed >= 0;
    }

    /// The shortest.
    long least() {
        return isKnown() ? least : UNKNOWN;
    }

    long smoothed() {
        return isKnown() ? smoothed : UNKNOWN;
    }

    long deviation() {
        return isKnown() ? deviation : UNKNOWN;
    }

    /// How long to wait for an answer that is expected after some time.
    long patience(long expected) {
        long margin = isKnown() ? 4 * deviation : FIRST_PATIENCE;
        long doubled = Math.max(margin, LEAST_MARGIN) << doublings;
        return Math.max(expected, smoothed()) + Math.clamp(doubled, LEAST_MARGIN, MOST_MARGIN);
    }

    /// Nothing came in time: the next is waited for twice as long.
    void missed() {
        doublings = Math.min(doublings + 1, MOST_DOUBLINGS);
    }

    /// Something came, if late.
    void alive() {
        doublings = 0;
    }
}
