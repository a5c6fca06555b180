package cairn.libp2p.yamux;

import java.util.function.LongSupplier;

/// A flood gate counts something that costs the other end nothing and this one a little, and ends
/// the connection where there is too much of it in a second. Used by the reading thread alone.
final class FloodGate {
    private static final long SECOND = 1_000_000_000L;

    private final String what;
    private final int mostASecond;
    private final LongSupplier nanos;
    private long since;
    private int count;

    FloodGate(String what, int mostASecond, LongSupplier nanos) {
        this.what = what;
        this.mostASecond = mostASecond;
        this.nanos = nanos;
        since = nanos.getAsLong();
    }

    /// Counts one.
    ///
    /// @throws ProtocolViolationException when it is one too many
    void pass() throws ProtocolViolationException {
        if (++count <= mostASecond) return;
        long now = nanos.getAsLong();
        if (now - since < SECOND)
            throw new ProtocolViolationException(
                    "over " + mostASecond + " " + what + " within a second");
        since = now;
        count = 1;
    }
}
