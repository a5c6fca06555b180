package cairn.bitswap;

import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;

/// The blocks that are here, which peers may have. Safe for many threads at once.
public interface LocalBlocks {
    /// The size of a block, which is cheaper to tell than to read it; empty where it isn't here.
    OptionalInt size(Cid cid) throws IOException;

    /// A block; empty where it isn't here. Never an identity CID's: those are not served.
    Optional<Block> get(Cid cid) throws IOException;
}
