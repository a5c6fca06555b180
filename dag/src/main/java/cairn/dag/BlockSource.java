package cairn.dag;

import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import java.io.IOException;
import java.util.Optional;

/// Where a DAG's blocks come from: a store, a session with peers, a map in a test.
///
/// Implementations are safe for use by many threads at once.
@FunctionalInterface
public interface BlockSource {
    /// The block that a CID names; empty when this source doesn't have it.
    ///
    /// @throws IOException when the source failed to tell
    Optional<Block> get(Cid cid) throws IOException;

    /// Whether this source has the block that a CID names. A source that can tell without reading
    /// the block overrides it.
    ///
    /// @throws IOException when the source failed to tell
    default boolean has(Cid cid) throws IOException {
        return get(cid).isPresent();
    }
}
