package cairn.multiformats;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/// The hash functions that need nothing but the JDK.
final class JdkHashes {
    private JdkHashes() {}

    static List<HashFunction> all() {
        return List.of(
                new Digest(Multicodec.SHA1, "SHA-1", 20),
                new Digest(Multicodec.SHA2_256, "SHA-256", 32),
                new Digest(Multicodec.SHA2_512, "SHA-512", 64));
    }

    private record Digest(Multicodec code, String algorithm, int digestSize)
            implements HashFunction {
        @Override
        public int minDigestSize() {
            return 20;
        }

        @Override
        public byte[] digest(byte[] bytes, int offset, int length) {
            try {
                MessageDigest digest = MessageDigest.getInstance(algorithm);
                digest.update(bytes, offset, length);
                return digest.digest();
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every JDK has " + algorithm, e);
            }
        }
    }
}
