package cairn.hashes;

import cairn.multiformats.HashFunction;
import cairn.multiformats.Multicodec;
import cairn.multiformats.Multihash;
import org.apache.commons.codec.digest.Blake3;

/// BLAKE3, whose digest can be of any length: its first bytes are the shorter digest. The field
/// uses 32.
record Blake3Hash() implements HashFunction {
    private static final Multicodec CODE = new Multicodec(0x1e);
    private static final int USUAL_BYTES = 32;

    @Override
    public Multicodec code() {
        return CODE;
    }

    @Override
    public int digestSize() {
        return Multihash.MAX_DIGEST_BYTES;
    }

    @Override
    public int usualDigestSize() {
        return USUAL_BYTES;
    }

    @Override
    public byte[] digest(byte[] bytes, int offset, int length) {
        return digest(bytes, offset, length, digestSize());
    }

    @Override
    public byte[] digest(byte[] bytes, int offset, int length, int size) {
        if (size > digestSize())
            throw new IllegalArgumentException(
                    "blake3 digests here have at most " + digestSize() + " bytes, not " + size);
        return Blake3.initHash().update(bytes, offset, length).doFinalize(size);
    }

    @Override
    public String toString() {
        return CODE.toString();
    }
}
