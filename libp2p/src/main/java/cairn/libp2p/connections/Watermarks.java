package cairn.libp2p.connections;

import java.time.Duration;

/// How many connections are kept.
///
/// @param low connections are closed down to this many, once there are more than `high`
/// @param high as many as there may be without any being closed
/// @param grace how long a new connection is left alone, to show what it is good for
/// @param silence the least time between two rounds of closing
public record Watermarks(int low, int high, Duration grace, Duration silence) {
    /// As Kubo: 32 and 96, 20 s; and at most one round in 10 s.
    public static final Watermarks DEFAULT =
            new Watermarks(32, 96, Duration.ofSeconds(20), Duration.ofSeconds(10));

    public Watermarks {
        if (low < 0 || high < low || grace.isNegative() || silence.isNegative())
            throw new IllegalArgumentException(
                    "watermarks out of order: low " + low + ", high " + high);
    }
}
