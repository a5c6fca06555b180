package cairn.bitswap.message;

import cairn.multiformats.Cid;

/// A presence is the word of a peer whether it has a block.
public record Presence(Cid cid, Type type) {
    /// Which word it is.
    public enum Type {
        HAVE(0),
        DONT_HAVE(1);

        private final int code;

        Type(int code) {
            this.code = code;
        }

        /// The number on the wire.
        int code() {
            return code;
        }
    }
}
