package cairn.bitswap.server;

/// Waits for blocks.
@FunctionalInterface
interface Waiting {
    /// The block of a want was stored. Never called under a lock.
    void arrived(Want want);
}
