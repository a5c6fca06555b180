package cairn.bitswap.session;

import cairn.bitswap.message.WantlistEntry.Kind;
import cairn.multiformats.Cid;

/// The way to tell a partner what is wanted of it. Only notes what is to be said, and never waits.
public interface Voice {
    /// It is wanted from now on.
    ///
    /// @param again whether it was wanted of this partner before, in another way
    void want(Cid cid, Kind kind, boolean again);

    /// Whether the partner can be asked, and say, whether it has something; else a block can only
    /// be wanted of it.
    default boolean isAnswered() {
        return true;
    }

    /// It is wanted no more.
    void cancel(Cid cid);

    /// Nothing will be said any more.
    void end();
}
