package cairn.bitswap.session;

import java.time.Duration;

/// The pipe to one partner: how fast blocks come through it, and how many bytes should be asked for
/// and not be here yet so that it never runs dry: its window.
///
/// The window follows the rate of delivery times the shortest latency, as BBR does: it doubles with
/// each round while the rate still grows by a quarter; from then on it is twice the product, and a
/// little more, which also covers what the other end takes to read a block from its disk. Source:
/// draft-cardwell-iccrg-bbr-congestion-control, sections 4.1 to 4.3. Times in nanoseconds.
final class Pipe {
    /// The wants in the first window, where they are no more than [#FIRST_BYTES].
    static final int FIRST_WANTS = 16;

    /// 40 ms of a link of 1 Gbit/s, and no more than one of 40 Mbit/s brings in a second.
    private static final long FIRST_BYTES = 4L << 20;

    /// A rate that was learned from less says nothing of a large block's.
    private static final int TELLING_BYTES = 64 << 10;

    /// The most at once: what more there are boxo forgets.
    static final int MOST_WANTS = 1024;

    /// What boxo puts into a message before it begins the next.
    private static final int REPLY_BYTES = 16 << 10;

    /// The most replies at once. Boxo opens a stream for each without waiting for the one before to
    /// be read, and what comes on more streams than the 256 that a connection has is lost: this is
    /// three quarters of them.
    private static final int MOST_REPLIES = 192;

    /// One comes, one is read, and two wait, so that among many peers of a busy one this is never
    /// found to want nothing.
    private static final int LEAST_WANTS = 4;

    /// 10 Gbit/s at 50 ms.
    private static final long MOST_BYTES = 64L << 20;

    private static final long SLACK = Duration.ofMillis(25).toNanos();
    private static final long LEAST_EPOCH = Duration.ofMillis(300).toNanos();
    private static final int ROUNDS_AN_EPOCH = 8;
    private static final double GROWTH = 1.25;
    private static final int FLAT_ROUNDS = 3;

    private final Latency latency = new Latency();
    private long window;
    private long outstandingBytes;
    private int outstanding;

    /// The bytes of blocks that were asked for and may still come, late ones too, of no block more
    /// than make a reply of its own.
    private long replyBytes;

    /// The streams that blocks have come on and that are still open: who takes the blocks may wait
    /// for a disk.
    private int streams;

    private long delivered;
    private long deliveredAt;
    private long roundEnds;

    private boolean growing = true;
    private double rateBefore;
    private int flatRounds;

    /// Bytes a nanosecond: the greatest of this epoch, and of the one before.
    private double best;

    private double bestBefore;

    /// Whether enough has come to tell a rate by.
    private boolean isTold;

    private long epochBegan;
    private boolean epochWasFull;

    Latency latency() {
        return latency;
    }

    /// Bytes a nanosecond; 0 where nothing came yet.
    double rate() {
        return Math.max(best, bestBefore);
    }

    /// Whether enough has come for the rate to say when the next comes.
    boolean isTold() {
        return isTold;
    }

    long window() {
        return window;
    }

    long outstandingBytes() {
        return outstandingBytes;
    }

    int outstanding() {
        return outstanding;
    }

    /// Whether another want is likely to find room.
    boolean hasRoom(int expected) {
        if (isCrowded()) return false;
        if (outstanding < LEAST_WANTS) return true;
        if (rate() == 0) return outstanding < FIRST_WANTS && outstandingBytes < FIRST_BYTES;
        return outstandingBytes + expected <= window;
    }

    private boolean isCrowded() {
        return outstanding >= MOST_WANTS
                || replyBytes + (long) streams * REPLY_BYTES >= (long) MOST_REPLIES * REPLY_BYTES;
    }

    /// Blocks come on one stream more, or one less.
    void streams(int change) {
        streams += change;
    }

    /// How long until a block comes that is asked for now, with this much to come before and with
    /// it.
    long expected(long bytes) {
        double rate = rate();
        if (rate == 0 || !isTold) return latency.smoothed() * (1 + outstanding);
        return latency.least() + (long) (bytes / rate);
    }

    void asked(Ask ask, int expected, long now) {
        if (outstanding == 0) deliveredAt = now;
        if (window == 0) window = Math.min((long) FIRST_WANTS * expected, FIRST_BYTES);
        outstanding++;
        outstandingBytes += expected;
        replyBytes += ask.replyDue(Math.min(expected, REPLY_BYTES));
        ask.enters(now, expected, outstandingBytes, delivered, deliveredAt);
        ask.foundItFull(outstandingBytes + expected > window || isCrowded());
    }

    /// An ask is over without a block, or is no longer counted on.
    void left(Ask ask) {
        outstanding--;
        outstandingBytes -= ask.expectedBytes();
    }

    /// An ask was answered, or is taken back.
    void answered(Ask ask) {
        replyBytes += ask.replyDue(0);
    }

    /// The block of an ask has come.
    void arrived(Ask ask, int bytes, long now) {
        left(ask);
        delivered += bytes;
        latency.record(now - ask.at(), ask.wasAlone(), now);
        double sample =
                (double) (delivered - ask.deliveredBefore()) / Math.max(1, now - ask.from());
        deliveredAt = now;
        isTold |= ask.foundFull() || delivered - ask.deliveredBefore() >= TELLING_BYTES;
        learn(sample, ask.foundFull(), now);
        if (growing) {
            window += bytes;
            if (ask.deliveredBefore() >= roundEnds) round(ask.foundFull());
        } else {
            window = (long) (rate() * (2 * latency.least() + SLACK));
        }
        window = Math.clamp(window, 1, MOST_BYTES);
    }

    /// A block came that was no longer counted on.
    void arrivedLate(int bytes, long now) {
        delivered += bytes;
        deliveredAt = now;
        latency.alive();
    }

    private void round(boolean full) {
        roundEnds = delivered;
        if (rate() >= rateBefore * GROWTH) {
            rateBefore = rate();
            flatRounds = 0;
        } else if (full && ++flatRounds >= FLAT_ROUNDS) {
            growing = false;
        }
    }

    /// What wasn't limited by the pipe says only how fast it is at the least.
    private void learn(double sample, boolean full, long now) {
        epochWasFull |= full;
        long epoch = Math.max(LEAST_EPOCH, ROUNDS_AN_EPOCH * latency.smoothed());
        if (now - epochBegan > epoch && epochWasFull) {
            bestBefore = best;
            best = 0;
            epochBegan = now;
            epochWasFull = false;
        }
        best = Math.max(best, sample);
    }

    /// When the partner last sent something of use, or began to be waited for.
    long lastProgress() {
        return deliveredAt;
    }
}
