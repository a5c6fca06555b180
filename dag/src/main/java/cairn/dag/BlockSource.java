package cairn.dag;

import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import java.io.IOException;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalInt;

/// Where a DAG's blocks come from: a store, a session with peers, a map in a test.
///
/// Implementations are safe for use by many threads at once.
@FunctionalInterface
public interface BlockSource {
    /// The block that a CID names; empty when this source doesn't have it.
    ///
    /// @throws IOException when the source failed to tell
    Optional<Block> get(Cid cid) throws IOException;

    /// Copies the bytes of the block that a CID names to the buffer's position and moves it past
    /// them. A source that keeps its blocks outside of the heap does so in one copy.
    ///
    /// @return the block's length in bytes; empty when this source doesn't have it
    /// @throws BufferOverflowException when the buffer has too little room; it is unchanged
    /// @throws IOException when the source failed to tell
    default OptionalInt get(Cid cid, ByteBuffer into) throws IOException {
        Optional<Block> block = get(cid);
        if (block.isEmpty()) return OptionalInt.empty();
        into.put(block.get().data());
        return OptionalInt.of(block.get().size());
    }

    /// Whether this source has the block that a CID names. A source that can tell without reading
    /// the block overrides it.
    ///
    /// @throws IOException when the source failed to tell
    default boolean has(Cid cid) throws IOException {
        return get(cid).isPresent();
    }
}
