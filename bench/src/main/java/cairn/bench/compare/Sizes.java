package cairn.bench.compare;

/// How much data the cases work on.
///
/// @param file bytes of the one file
/// @param tree files of 1 KiB in 100 folders
/// @param listed entries of the folder that is listed
/// @param sparse bytes of the file of zeros that is hashed for its memory
/// @param stored bytes of the file that is stored for its memory
/// @param nested tiny files in nested folders
/// @param flat tiny files in one folder
/// @param blocks of a repo with a great many
record Sizes(
        long file,
        int tree,
        int listed,
        long sparse,
        long stored,
        int nested,
        int flat,
        int blocks) {
    private static final long MIB = 1 << 20;
    private static final long GIB = 1 << 30;

    static final Sizes FULL =
            new Sizes(GIB, 100_000, 10_000, 20 * GIB, 8 * GIB, 1_000_000, 200_000, 1 << 20);

    /// To try things out.
    static final Sizes SMALL =
            new Sizes(32 * MIB, 2_000, 10_000, 256 * MIB, 64 * MIB, 20_000, 10_000, 1 << 14);

    /// A number of bytes, in words.
    static String text(long bytes) {
        if (bytes % GIB == 0) return bytes / GIB + " GiB";
        return bytes % MIB == 0 ? bytes / MIB + " MiB" : bytes + " bytes";
    }
}
