package cairn.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Objects;
import javax.crypto.Cipher;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.ChaCha20ParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// A keystream is an endless sequence of bytes that a seed decides: the same everywhere, as good as
/// random to a chunker, and readable from any offset. Nothing is kept in memory but a buffer.
///
/// Immutable; each [InputStream] has a state of its own.
public final class Keystream {
    private static final int BUFFER = 64 * 1024;
    private static final byte[] ZEROS = new byte[BUFFER];

    private final Kind kind;
    private final SecretKeySpec key;

    private Keystream(Kind kind, String seed) {
        this.kind = kind;
        this.key = new SecretKeySpec(sha256(seed), kind.algorithm);
    }

    /// ChaCha20 with the SHA-256 of the seed as its key, nonce 0, counter from 0: the data of
    /// IPIP-499's test vectors. At most 256 GiB (the counter has 32 bits).
    public static Keystream chacha20(String seed) {
        return new Keystream(Kind.CHACHA20, seed);
    }

    /// AES-256-CTR with the SHA-256 of the text `h3:` and the seed as its key, IV 0.
    public static Keystream aesCtr(String seed) {
        return new Keystream(Kind.AES_CTR, "h3:" + seed);
    }

    /// The bytes from the start, as many as `length`.
    public InputStream stream(long length) {
        return stream(0, length);
    }

    /// The bytes from an offset, as many as `length`. Skipping costs nothing.
    public InputStream stream(long from, long length) {
        if (from < 0 || length < 0)
            throw new IllegalArgumentException("from " + from + ", length " + length);
        return new Reader(from, length);
    }

    /// The bytes from an offset, in one array.
    public byte[] bytes(long from, int length) {
        try (InputStream in = stream(from, length)) {
            return in.readNBytes(length);
        } catch (IOException e) {
            throw new IllegalStateException("a keystream does no I/O", e);
        }
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private enum Kind {
        CHACHA20("ChaCha20", "ChaCha20", 64) {
            @Override
            AlgorithmParameterSpec at(long block) {
                return new ChaCha20ParameterSpec(new byte[12], Math.toIntExact(block));
            }
        },
        AES_CTR("AES", "AES/CTR/NoPadding", 16) {
            @Override
            AlgorithmParameterSpec at(long block) {
                return new IvParameterSpec(ByteBuffer.allocate(16).putLong(8, block).array());
            }
        };

        final String algorithm;
        final String transformation;
        final int blockSize;

        Kind(String algorithm, String transformation, int blockSize) {
            this.algorithm = algorithm;
            this.transformation = transformation;
            this.blockSize = blockSize;
        }

        abstract AlgorithmParameterSpec at(long block);
    }

    /// Not safe for use by several threads, as any stream.
    private final class Reader extends InputStream {
        private long position;
        private final long end;
        private Cipher cipher;

        Reader(long from, long length) {
            position = from;
            end = Math.addExact(from, length);
            cipher = cipherAt(from);
        }

        private Cipher cipherAt(long offset) {
            try {
                Cipher fresh = Cipher.getInstance(kind.transformation);
                fresh.init(Cipher.ENCRYPT_MODE, key, kind.at(offset / kind.blockSize));
                fresh.update(new byte[(int) (offset % kind.blockSize)]);
                return fresh;
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every JDK has " + kind.transformation, e);
            }
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            Objects.checkFromIndexSize(offset, length, into.length);
            if (length == 0) return 0;
            int count = (int) Math.min(Math.min(length, BUFFER), end - position);
            if (count == 0) return -1;
            try {
                int made = cipher.update(ZEROS, 0, count, into, offset);
                if (made != count) throw new IllegalStateException("the cipher kept bytes back");
            } catch (ShortBufferException e) {
                throw new IllegalStateException("a keystream is as long as its input", e);
            }
            position += count;
            return count;
        }

        @Override
        public long skip(long count) {
            long skipped = Math.max(0, Math.min(count, end - position));
            position += skipped;
            cipher = cipherAt(position);
            return skipped;
        }
    }
}
