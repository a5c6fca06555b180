package cairn.bitswap.session;

/// What one session knows of a partner that it has asked.
final class Member {
    /// So many answers in a row that it has nothing, and the session counts on it no more. Source:
    /// boxo.
    static final int MOST_DONT_HAVES = 16;

    private boolean have;
    private boolean dontHave;
    private int inARow;
    private long blocks;

    void has() {
        have = true;
        inARow = 0;
    }

    void delivered() {
        has();
        blocks++;
    }

    /// @return whether that was once too often
    boolean hasNot() {
        dontHave = true;
        return ++inARow >= MOST_DONT_HAVES;
    }

    boolean hasSomething() {
        return have;
    }

    boolean saysNo() {
        return dontHave && !have;
    }

    boolean isSilent() {
        return !dontHave && !have;
    }

    /// Whether blocks of the session came from it.
    boolean isProven() {
        return blocks > 0;
    }
}
