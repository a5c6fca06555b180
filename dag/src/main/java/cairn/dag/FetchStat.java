package cairn.dag;

/// What came of a fetch so far.
///
/// @param asked how many peers and other sources were asked
/// @param have how many of them had something
/// @param dontHave how many had nothing, and said so
/// @param silent how many have said nothing yet
/// @param bytes of the blocks that came
/// @param waiting how many blocks are wanted now
public record FetchStat(int asked, int have, int dontHave, int silent, long bytes, int waiting) {
    /// Of what fetches nothing.
    public static final FetchStat NONE = new FetchStat(0, 0, 0, 0, 0, 0);
}
