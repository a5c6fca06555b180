package cairn.bitswap.session;

/// What came from one partner.
///
/// @param blocks that were wanted
/// @param bytes of those
/// @param duplicates blocks that had come from another before, or were wanted until just now
/// @param duplicateBytes of those
/// @param unwantedBytes of blocks that nobody had wanted
public record PartnerLedger(
        long blocks, long bytes, long duplicates, long duplicateBytes, long unwantedBytes) {}
