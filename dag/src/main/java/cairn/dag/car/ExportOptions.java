package cairn.dag.car;

/// How a DAG is written to an archive.
///
/// @param duplicates whether a block is written each time that a link leads to it, instead of once.
///   A DAG of few blocks can be met in more ways than can be written
/// @param localOnly whether blocks that the source doesn't have are left out, with what is below
///   them, instead of ending the export. Blocks whose CID is identity are left out as well, as Kubo
///   does: their CID carries them
public record ExportOptions(boolean duplicates, boolean localOnly) {
    /// Each block once, and all of them: what Kubo writes.
    public static final ExportOptions WHOLE = new ExportOptions(false, false);
}
