package cairn.bitswap.client;

import cairn.bitswap.message.WantlistEntry.Kind;
import cairn.multiformats.Cid;
import java.io.IOException;

/// A source of blocks that is no peer: an HTTP gateway, an archive. It is told what is wanted on
/// one thread of its own, which it may hold up; each want is answered, in any order, on any thread.
public interface Source {
    /// What it is called in messages.
    String name();

    /// Begins to fetch a block, or to find out whether it is there.
    void want(Cid cid, Kind kind, SourceAnswers to);

    /// Nobody wants it any more.
    void cancel(Cid cid);

    /// It gave other bytes than a CID names, and is asked no more by the session.
    void banned(IOException why);
}
