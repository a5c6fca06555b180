package cairn.bitswap.session;

/// How much may be asked for, of all partners together, and not be here yet.
final class ByteBudget {
    private final long most;
    private long taken;

    ByteBudget(long most) {
        this.most = most;
    }

    /// Whether there is room for a block of a size. One is always let in.
    boolean hasRoom(int bytes) {
        return taken == 0 || taken + bytes <= most;
    }

    void take(int bytes) {
        taken += bytes;
    }

    void give(int bytes) {
        taken -= bytes;
    }

    long taken() {
        return taken;
    }
}
