package cairn.blockstore;

import cairn.multiformats.Multihash;
import java.io.IOException;

/// A blockstore keeps verified blocks, and forgets them when it is told to, whoever needs them.
public interface Blockstore extends Blocks {
    /// Forgets a block.
    ///
    /// @return whether it was here
    boolean delete(Multihash hash) throws IOException;
}
