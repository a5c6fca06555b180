package cairn.dag.car;

/// What an export wrote.
///
/// @param blocks sections, each counted
/// @param bytes of the whole archive
/// @param missing blocks that were left out because the source doesn't have them
public record Exported(long blocks, long bytes, long missing) {}
