package cairn.node.gateways;

import java.time.Duration;

/// How long servers are waited for.
///
/// @param connect until a connection stands
/// @param headers until an answer begins, at the most: less is learned, see [Patience]
/// @param grace by how much the bytes of an answer may be late
/// @param slowest bytes a second that they come at, at the least
/// @param pause how long a server is left alone that fails, the first time; twice as long each
///   further time, up to `mostPause`
/// @param mostPause also for what it asks for itself
record Pace(
        Duration connect,
        Duration headers,
        Duration grace,
        int slowest,
        Duration pause,
        Duration mostPause) {
    /// Sources of the times to connect and to begin, and of the longest pause: boxo. A block of 256
    /// KiB has 13 s.
    static final Pace DEFAULT =
            new Pace(
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(5),
                    32 << 10,
                    Duration.ofSeconds(1),
                    Duration.ofMinutes(1));

    Pace {
        if (slowest < 1) throw new IllegalArgumentException("a pace of " + slowest);
    }

    /// The time that so many bytes may take.
    long nanos(long bytes) {
        return grace.toNanos() + Duration.ofSeconds(1).toNanos() / slowest * bytes;
    }
}
