package cairn.bitswap.message;

import cairn.multiformats.Cid;

/// An entry of a wantlist: what a peer begins to want, or wants no more.
public sealed interface WantlistEntry {
    Cid cid();

    /// A want is for a block, or for the word whether the other end has it.
    ///
    /// @param priority the more urgent the greater
    /// @param sendDontHave whether the other end is to say that it doesn't have it
    record Want(Cid cid, Kind kind, int priority, boolean sendDontHave) implements WantlistEntry {}

    /// A cancel takes a want back.
    record Cancel(Cid cid) implements WantlistEntry {}

    /// What is wanted.
    enum Kind {
        BLOCK(0),
        HAVE(1);

        private final int code;

        Kind(int code) {
            this.code = code;
        }

        /// The number on the wire.
        int code() {
            return code;
        }
    }
}
