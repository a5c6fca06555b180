package cairn.bitswap.session;

import java.time.Duration;

/// What all sessions of a client may use together.
///
/// @param sessions how many may want something at once
/// @param peers how many connected peers are asked; more are left alone
/// @param bytes how much may be asked for and not be here yet, by the sizes that are expected
/// @param unwantedBytes how much a peer may send that it wasn't asked for, or has sent before,
///   until it is left; a part of what it sends of use comes on top, see [#UNWANTED_SHARE]
/// @param findAfter how long connected peers alone are asked before providers are looked for
public record ExchangeLimits(
        int sessions, int peers, long bytes, long unwantedBytes, Duration findAfter) {
    /// One in so many useful bytes may be unwanted too: late blocks of a long download are no
    /// attack.
    static final int UNWANTED_SHARE = 8;

    public static final ExchangeLimits DEFAULT =
            new ExchangeLimits(1024, 4096, 256L << 20, 16L << 20, Duration.ofMillis(500));

    public ExchangeLimits {
        if (sessions < 1 || peers < 1 || bytes < 1 || unwantedBytes < 0 || findAfter.isNegative())
            throw new IllegalArgumentException("limits below nothing");
    }
}
