package cairn.bitswap.session;

import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import java.io.IOException;

/// Takes one block that was wanted, or the word that it won't come: one of the two, once. Called on
/// a thread that reads from a peer, which waits for it: it returns at once.
public interface BlockTaker {
    /// The block has come.
    ///
    /// @param source the peer or other source that sent it
    void arrived(Block block, String source);

    /// The block won't come.
    void failed(Cid cid, IOException why);
}
