package cairn.dag.codec;

import cairn.multiformats.MalformedException;

/// How much memory the value of one input may still take, by estimate. A byte of input may become a
/// value of 30 to 60 bytes, so that the length of the input bounds nothing that fits into a heap of
/// a hundred megabytes.
final class Allowance {
    /// The most memory that one value takes: a list of 1.5 million numbers, or of 700,000 short
    /// strings. Kubo's budget is about as large.
    static final long MAX_BYTES = 48L << 20;

    /// A number with its place in a list.
    static final int NUMBER = 32;

    /// A string of bytes, besides them.
    static final int STRING = 56;

    /// A list or a map, besides what is in it.
    static final int COLLECTION = 72;

    /// An entry of a map, besides its key and value.
    static final int ENTRY = 64;

    /// A link with a CID of usual length.
    static final int LINK = 160;

    private final Codec codec;
    private long left = MAX_BYTES;

    Allowance(Codec codec) {
        this.codec = codec;
    }

    /// Takes memory before it is reserved.
    void take(long bytes) throws MalformedException {
        left -= bytes;
        if (left < 0)
            throw new MalformedException(
                    codec
                            + ": too many values in one block: they would take more than "
                            + (MAX_BYTES >> 20)
                            + " MiB of memory");
    }
}
