package cairn.dag.disk;

import cairn.multiformats.Hashes;

/// How the bytes that an earlier try left are found to be right.
public sealed interface Recheck {
    /// Leaves are hashed, and those that are right aren't fetched again: for blocks that are far
    /// away.
    ///
    /// @param hashes a leaf of another function is fetched
    record ByHash(Hashes hashes) implements Recheck {}

    /// All is compared with the blocks, and what is right isn't written again: for blocks that are
    /// at hand, where reading costs less than hashing.
    record ByContent() implements Recheck {}
}
