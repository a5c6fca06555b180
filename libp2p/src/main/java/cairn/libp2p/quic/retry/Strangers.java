package cairn.libp2p.quic.retry;

import java.util.function.LongSupplier;

/// Counts the connections of a socket whose handshakes are not done, and decides when strangers
/// must prove their addresses first. Owned by the socket's event loop.
public final class Strangers {
    /// So many new ones a second are taken at their word: go-libp2p's number.
    static final int TRUSTED_A_SECOND = 1000;

    /// So many unfinished handshakes are: each takes some 50 KB.
    public static final int TRUSTED_AT_ONCE = 256;

    /// No more than this begin, whatever they prove.
    static final int MOST_AT_ONCE = 1024;

    private static final long SECOND = 1_000_000_000;

    private final LongSupplier nanos;
    private int open;
    private int thisSecond;
    private long second;

    /// @param nanos a clock that only goes forward
    public Strangers(LongSupplier nanos) {
        this.nanos = nanos;
        this.second = nanos.getAsLong();
    }

    /// Whether the next must prove its address; asked once for each that knocks.
    public boolean mustProve() {
        long now = nanos.getAsLong();
        if (now - second >= SECOND) {
            second = now;
            thisSecond = 0;
        }
        return ++thisSecond > TRUSTED_A_SECOND || open >= TRUSTED_AT_ONCE;
    }

    /// A handshake begins.
    ///
    /// @return whether it may; it counts only then
    public boolean enter() {
        if (open >= MOST_AT_ONCE) return false;
        open++;
        return true;
    }

    /// A handshake that began is over, one way or the other.
    public void leave() {
        open--;
    }

    int open() {
        return open;
    }
}
