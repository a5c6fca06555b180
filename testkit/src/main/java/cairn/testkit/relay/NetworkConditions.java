package cairn.testkit.relay;

import java.time.Duration;

/// Network conditions are what a relay does to what passes it, the same in both directions.
///
/// @param delay one way
/// @param bytesPerSecond what passes at most, each way; 0 for no limit
/// @param loss the share of datagrams that are dropped, 0 to 1; TCP loses nothing
/// @param seed decides which ones
public record NetworkConditions(Duration delay, long bytesPerSecond, double loss, long seed) {
    public NetworkConditions {
        if (delay.isNegative() || bytesPerSecond < 0 || loss < 0 || loss > 1)
            throw new IllegalArgumentException("no network is like that");
    }

    /// A delay, and nothing else.
    public static NetworkConditions delay(Duration oneWay) {
        return new NetworkConditions(oneWay, 0, 0, 1);
    }

    /// The same with a loss.
    public NetworkConditions withLoss(double share) {
        return new NetworkConditions(delay, bytesPerSecond, share, seed);
    }

    /// The same with a bandwidth.
    public NetworkConditions withRate(long bytes) {
        return new NetworkConditions(delay, bytes, loss, seed);
    }
}
