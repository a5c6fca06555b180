package cairn.bitswap.client;

import cairn.bitswap.session.BlockNotFoundException;
import cairn.bitswap.session.BlockTaker;
import cairn.bitswap.session.SessionStat;
import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import java.io.Closeable;
import java.io.IOException;

/// A session fetches blocks that belong together: it learns which peers have them, and how fast
/// they are. Safe for many threads at once.
public interface Session extends Closeable {
    /// Begins to want a block, and returns at once. Whoever wants the same shares one want, over
    /// all sessions. What can't be asked for fails its taker, on this thread.
    void want(Cid cid, BlockTaker taker);

    /// Wants a block and waits for it.
    ///
    /// @throws BlockNotFoundException when no source was found that has it
    /// @throws InterruptedException when the thread was interrupted; the block is wanted no more
    Block get(Cid cid) throws IOException, InterruptedException;

    /// Ends what [#want] began with the same taker, which hears nothing more of it, but for what is
    /// being told already.
    void cancel(Cid cid, BlockTaker taker);

    /// Asks a further source too, from now on.
    void add(Source source);

    SessionStat stat();

    /// Ends the session: takers that wait fail.
    @Override
    void close();
}
