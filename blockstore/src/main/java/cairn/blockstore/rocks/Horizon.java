package cairn.blockstore.rocks;

/// The numbers, one of each kind, below which blocks are settled: they were there before whatever
/// is going on began.
///
/// @param bulk a number of `blocks`
/// @param loose a number of `loose`
record Horizon(long bulk, long loose) {
    Horizon {
        if (bulk < 0 || loose >= 0)
            throw new IllegalArgumentException("a horizon of " + bulk + " and " + loose);
    }

    /// Whether a number lies below.
    boolean isAbove(long number) {
        return number < (number < 0 ? loose : bulk);
    }

    /// The lower of two, for each kind.
    Horizon least(Horizon other) {
        return new Horizon(Math.min(bulk, other.bulk), Math.min(loose, other.loose));
    }
}
