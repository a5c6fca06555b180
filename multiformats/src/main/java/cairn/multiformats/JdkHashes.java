package cairn.multiformats;

import java.util.List;

/// The hash functions that need nothing but the JDK.
final class JdkHashes {
    private JdkHashes() {}

    static List<HashFunction> all() {
        return List.of(
                new IdentityHash(),
                new JdkDigest(0x11, "SHA-1", 20),
                new JdkDigest(0x12, "SHA-256", 32),
                new JdkDigest(0x13, "SHA-512", 64),
                new JdkDigest(0x14, "SHA3-512", 64),
                new JdkDigest(0x15, "SHA3-384", 48),
                new JdkDigest(0x16, "SHA3-256", 32),
                new JdkDigest(0x17, "SHA3-224", 28),
                new JdkDigest(0x18, "SHAKE128-256", 32),
                new JdkDigest(0x19, "SHAKE256-512", 64),
                new JdkDigest(0x20, "SHA-384", 48),
                new DoubleSha256(new JdkDigest(0x12, "SHA-256", 32)),
                new JdkDigest(0x1013, "SHA-224", 28),
                new JdkDigest(0x1014, "SHA-512/224", 28),
                new JdkDigest(0x1015, "SHA-512/256", 32));
    }

    /// SHA-256 of the SHA-256.
    private record DoubleSha256(HashFunction once) implements HashFunction {
        private static final Multicodec CODE = new Multicodec(0x56);

        @Override
        public Multicodec code() {
            return CODE;
        }

        @Override
        public int digestSize() {
            return once.digestSize();
        }

        @Override
        public byte[] digest(byte[] bytes, int offset, int length) {
            byte[] first = once.digest(bytes, offset, length);
            return once.digest(first, 0, first.length);
        }
    }
}
