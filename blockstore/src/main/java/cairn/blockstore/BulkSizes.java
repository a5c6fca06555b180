package cairn.blockstore;

/// When a session turns to bulk files, and how large they get.
///
/// @param gathered bytes of blocks that are gathered before a file is begun: less goes through the
///   log, which writes it twice but syncs once
/// @param file bytes of blocks in a full file: large enough that the syncs at its end don't matter,
///   small enough that the database can drop or rewrite it alone
record BulkSizes(long gathered, long file) {
    /// What measured best.
    static final BulkSizes DEFAULT = new BulkSizes(1 << 20, 64 << 20);

    BulkSizes {
        if (gathered < 1 || file < gathered)
            throw new IllegalArgumentException("bulk sizes " + gathered + " and " + file);
    }
}
