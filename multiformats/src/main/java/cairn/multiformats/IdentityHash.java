package cairn.multiformats;

import java.util.Arrays;

/// The function whose digest is the input itself, at most 128 bytes. Source: IPIP-512.
record IdentityHash() implements HashFunction {
    @Override
    public Multicodec code() {
        return Multicodec.IDENTITY;
    }

    @Override
    public int digestSize() {
        return Multihash.MAX_DIGEST_BYTES;
    }

    @Override
    public int minDigestSize() {
        return 0;
    }

    /// @throws IllegalArgumentException for more than 128 bytes
    @Override
    public byte[] digest(byte[] bytes, int offset, int length) {
        if (length > digestSize())
            throw new IllegalArgumentException(
                    "identity holds at most " + digestSize() + " bytes, not " + length);
        return Arrays.copyOfRange(bytes, offset, offset + length);
    }

    /// The input can't be cut.
    @Override
    public byte[] digest(byte[] bytes, int offset, int length, int size) {
        if (size != length)
            throw new IllegalArgumentException(
                    "an identity digest of " + length + " bytes has no other size: " + size);
        return digest(bytes, offset, length);
    }

    @Override
    public Multihash hash(byte[] bytes, int offset, int length) {
        return Multihash.of(code(), digest(bytes, offset, length));
    }
}
