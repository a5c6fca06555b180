package cairn.bitswap.session;

import java.time.Duration;

/// What a session may do.
///
/// @param searchTime how long a block is looked for while no source is known that has it
/// @param wants how many takers may wait at once: more are refused
public record SessionOptions(Duration searchTime, int wants) {
    /// A minute: time for some rounds of a DHT.
    public static final Duration SEARCH_TIME = Duration.ofMinutes(1);

    /// More than a walk runs ahead, and a few megabytes at most.
    public static final int MOST_WANTS = 1 << 16;

    public static final SessionOptions DEFAULT = new SessionOptions(SEARCH_TIME, MOST_WANTS);

    public SessionOptions {
        if (searchTime.isNegative() || searchTime.isZero())
            throw new IllegalArgumentException("a search time of " + searchTime);
        if (wants < 1) throw new IllegalArgumentException("room for " + wants + " wants");
    }

    /// The same with another search time.
    public SessionOptions searchTime(Duration time) {
        return new SessionOptions(time, wants);
    }
}
