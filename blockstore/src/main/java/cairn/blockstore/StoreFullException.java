package cairn.blockstore;

/// The store may take no more of its disk: what is written would go past its limit, or into the
/// reserve that stays free. What was committed before is unharmed; what only deletes goes on.
public final class StoreFullException extends StoreException {
    private static final long serialVersionUID = 1L;

    /// Which of the limits was met.
    public enum Limit {
        /// What the store itself may take.
        STORE,
        /// What stays free on its disk.
        DISK
    }

    private final Limit limit;
    private final long taken;
    private final long allowed;
    private final long missing;

    /// @param taken see [#taken]
    public StoreFullException(Limit limit, long taken, long allowed, long missing) {
        super(
                switch (limit) {
                    case STORE ->
                            "the store takes "
                                    + taken
                                    + " bytes of the "
                                    + allowed
                                    + " that it may take, and at least "
                                    + missing
                                    + " more are needed; collect garbage, or allow more";
                    case DISK ->
                            "the disk of the store has "
                                    + taken
                                    + " bytes free, of which "
                                    + allowed
                                    + " stay in reserve, and at least "
                                    + missing
                                    + " more are needed; collect garbage, or make room";
                });
        this.limit = limit;
        this.taken = taken;
        this.allowed = allowed;
        this.missing = missing;
    }

    public Limit limit() {
        return limit;
    }

    /// The bytes that the store takes, or those that its disk has free, with what others that write
    /// are about to take counted as taken.
    public long taken() {
        return taken;
    }

    /// The bytes that the store may take, or those that stay free.
    public long allowed() {
        return allowed;
    }

    /// How many bytes more the next block needs than there are.
    public long missing() {
        return missing;
    }
}
