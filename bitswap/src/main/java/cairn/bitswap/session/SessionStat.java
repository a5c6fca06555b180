package cairn.bitswap.session;

/// What a session has done so far.
///
/// @param peers how many peers and other sources were asked
/// @param have how many of them had something
/// @param dontHave how many had nothing, and said so
/// @param silent how many have said nothing yet
/// @param blocks how many came that were wanted
/// @param bytes of those
/// @param duplicates how many came once more
/// @param waiting how many are wanted now
public record SessionStat(
        int peers,
        int have,
        int dontHave,
        int silent,
        long blocks,
        long bytes,
        long duplicates,
        int waiting) {}
