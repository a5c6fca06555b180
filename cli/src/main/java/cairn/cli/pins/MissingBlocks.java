package cairn.cli.pins;

/// What is told of blocks that aren't there.
public final class MissingBlocks {
    private MissingBlocks() {}

    /// Kubo's words when it is asked not to look elsewhere, as there is no elsewhere yet.
    public static String text(String cid) {
        return "block was not found locally (offline): ipld: could not find " + cid;
    }
}
