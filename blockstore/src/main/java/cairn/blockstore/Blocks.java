package cairn.blockstore;

import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import cairn.multiformats.Multihash;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalInt;

/// Verified blocks, kept under their multihash, so that CIDs which differ only in version or codec
/// share one block. They can be read and added to.
///
/// Absence is a value, not an error: `IOException` means that the store failed to tell. Safe for
/// use by many threads at once. Identity CIDs are not its concern: they carry their bytes.
public interface Blocks {
    /// The block under the CID's multihash, carrying the CID that was asked for.
    Optional<Block> get(Cid cid) throws IOException;

    /// Copies a block's bytes to the buffer's position and moves it past them.
    ///
    /// @return the block's length in bytes; empty when absent
    /// @throws java.nio.BufferOverflowException when the buffer has too little room; it is
    ///   unchanged
    OptionalInt get(Multihash hash, ByteBuffer into) throws IOException;

    /// Whether the block is here, without reading its bytes.
    boolean has(Multihash hash) throws IOException;

    /// The block's length in bytes, without reading its bytes.
    OptionalInt size(Multihash hash) throws IOException;

    /// Stores a block; durable on return. A block that is here already is left as it is.
    void put(Block block) throws IOException;

    /// Stores blocks; all durable on return.
    void putAll(Collection<Block> blocks) throws IOException;

    /// Begins a bulk write. Sessions are independent: several may be open at once.
    WriteSession openSession() throws IOException;

    /// Visits the hash and length of every block, in the order of hashes, until the visitor returns
    /// false. Blocks written or deleted meanwhile may be visited or not.
    void forEach(Visitor visitor) throws IOException;

    /// What [#forEach] calls.
    @FunctionalInterface
    interface Visitor {
        /// @return whether to go on
        boolean visit(Multihash hash, int size) throws IOException;
    }
}
