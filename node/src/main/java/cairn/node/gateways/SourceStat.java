package cairn.node.gateways;

/// How a source stands.
///
/// @param blocks how many it gave
/// @param bytes of those
/// @param passedOver bytes of blocks of an archive that nobody wanted
/// @param banned whether it gave other bytes than a CID names
public record SourceStat(String name, long blocks, long bytes, long passedOver, boolean banned) {}
