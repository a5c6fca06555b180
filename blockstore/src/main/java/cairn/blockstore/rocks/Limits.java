package cairn.blockstore.rocks;

/// How much of its disk a store may take.
///
/// @param bytes that its files may have in all; [Long#MAX_VALUE] for any number
/// @param reserve bytes, or 0 for none, that stay free on the disk, for collections and deletions,
///   which need some to give back more
public record Limits(long bytes, long reserve) {
    /// As much as there is.
    public static final Limits NONE = new Limits(Long.MAX_VALUE, 0);

    public Limits {
        if (bytes < 0 || reserve < 0)
            throw new IllegalArgumentException("limits of " + bytes + " and " + reserve);
    }
}
