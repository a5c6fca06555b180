package cairn.bench.micro;

import cairn.multiformats.HashFunction;
import cairn.multiformats.Multicodec;

/// A hash function that costs nothing and says of all bytes the same, so that what else an import
/// costs can be seen. It goes by the name of sha2-256.
final class FreeHash implements HashFunction {
    private static final int DIGEST = 32;

    @Override
    public Multicodec code() {
        return Multicodec.SHA2_256;
    }

    @Override
    public int digestSize() {
        return DIGEST;
    }

    @Override
    public byte[] digest(byte[] bytes, int offset, int length) {
        return new byte[DIGEST];
    }
}
