package cairn.bitswap.client;

import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import java.io.IOException;

/// Takes what a [Source] answers.
public interface SourceAnswers {
    /// The bytes of a block: they are hashed here. A source whose bytes are not what the CID names
    /// is asked no more by its session.
    ///
    /// @param bytes not to be changed any more
    void block(Cid cid, byte[] bytes);

    /// A block that was hashed already.
    void block(Block block);

    /// It is there.
    void have(Cid cid);

    /// It isn't there.
    void dontHave(Cid cid);

    /// It can't be had now.
    void failed(Cid cid, IOException why);
}
