package cairn.hashes;

import cairn.multiformats.HashFunction;
import cairn.multiformats.Multicodec;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.digests.Blake2bDigest;
import org.bouncycastle.crypto.digests.Blake2sDigest;
import org.bouncycastle.crypto.digests.KeccakDigest;

/// A hash function of BouncyCastle; each call hashes on a digest of its own.
record BouncyCastleHash(Family family, Multicodec code, int digestSize) implements HashFunction {
    enum Family {
        KECCAK,
        BLAKE2B,
        BLAKE2S
    }

    BouncyCastleHash(Family family, long code, int digestSize) {
        this(family, new Multicodec(code), digestSize);
    }

    @Override
    public byte[] digest(byte[] bytes, int offset, int length) {
        return Library.digest(family, digestSize, bytes, offset, length);
    }

    @Override
    public String toString() {
        return code.toString();
    }

    /// All that names classes of the library: to verify this class the JVM loads them, so that it
    /// is a class of its own.
    private static final class Library {
        static byte[] digest(Family family, int size, byte[] bytes, int offset, int length) {
            Digest digest =
                    switch (family) {
                        case KECCAK -> new KeccakDigest(8 * size);
                        case BLAKE2B -> new Blake2bDigest(8 * size);
                        case BLAKE2S -> new Blake2sDigest(8 * size);
                    };
            digest.update(bytes, offset, length);
            byte[] out = new byte[size];
            digest.doFinal(out, 0);
            return out;
        }
    }
}
