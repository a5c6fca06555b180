package cairn.bitswap.message;

/// What a message may hold. Source: specs.ipfs.tech/bitswap-protocol, "Message size"; boxo.
public final class MessageLimits {
    /// The longest message that is read.
    public static final int MAX_BYTES = 4 << 20;

    /// The longest that is written: what boxo holds its own to.
    public static final int MAX_SENT_BYTES = 2 << 20;

    /// The longest CID that boxo takes in a wantlist.
    public static final int MAX_CID_BYTES = 168;

    /// The most bytes of an entry, a presence or a prefix, fields that nobody knows included.
    static final int MAX_PART_BYTES = 1024;

    private MessageLimits() {}
}
