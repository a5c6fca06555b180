package cairn.bitswap.client;

import cairn.bitswap.session.ExchangeLimits;
import cairn.multiformats.Hashes;

/// What a client needs to know.
///
/// @param hashes for the blocks of sources that are no peers
/// @param limits what all sessions may use together
public record ClientOptions(Hashes hashes, ExchangeLimits limits, Clock clock) {
    /// The usual, with some hash functions.
    public static ClientOptions of(Hashes hashes) {
        return new ClientOptions(hashes, ExchangeLimits.DEFAULT, new SystemClock());
    }

    /// The same with other limits.
    public ClientOptions limits(ExchangeLimits other) {
        return new ClientOptions(hashes, other, clock);
    }
}
