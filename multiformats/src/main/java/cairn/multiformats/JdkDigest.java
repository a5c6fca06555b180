package cairn.multiformats;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// A hash function of the JDK.
///
/// Each call hashes on a clone of one prototype, which is never fed itself: that costs 20 ns more
/// than a digest kept by each thread (`MessageDigest.getInstance` 150 ns more), and leaves nothing
/// behind in any of a hundred thousand virtual threads.
final class JdkDigest implements HashFunction {
    private final Multicodec code;
    private final String algorithm;
    private final int digestSize;

    /// Made on first use, so that listing the functions loads none. Losing a race makes two.
    private volatile MessageDigest prototype;

    JdkDigest(long code, String algorithm, int digestSize) {
        this.code = Multicodec.of(code);
        this.algorithm = algorithm;
        this.digestSize = digestSize;
    }

    @Override
    public Multicodec code() {
        return code;
    }

    @Override
    public int digestSize() {
        return digestSize;
    }

    @Override
    public byte[] digest(byte[] bytes, int offset, int length) {
        MessageDigest digest = fresh();
        digest.update(bytes, offset, length);
        return digest.digest();
    }

    private MessageDigest fresh() {
        try {
            if (prototype == null) prototype = MessageDigest.getInstance(algorithm);
            return (MessageDigest) prototype.clone();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("JDK 25 has " + algorithm, e);
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the JDK's digests can be cloned", e);
        }
    }

    @Override
    public String toString() {
        return code.toString();
    }
}
