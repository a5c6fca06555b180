package cairn.multiformats;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;

/// A multihash is a digest that names its function: varint code, varint digest length, digest. It
/// is what a block is stored under. Immutable; ordered by its bytes, unsigned.
///
/// **Limits:** a digest has at most 128 bytes (IPIP-512, for identity; Kubo's limit for all).
/// Source: multiformats/multihash.
public final class Multihash implements Comparable<Multihash> {
    /// The longest digest, in bytes.
    public static final int MAX_DIGEST_BYTES = 128;

    /// The longest multihash, in bytes: code, length, digest.
    public static final int MAX_BYTES = Varint.MAX_BYTES + 2 + MAX_DIGEST_BYTES;

    private final byte[] bytes;

    private Multihash(byte[] bytes) {
        this.bytes = bytes;
    }

    /// A multihash of its parts. The digest is copied.
    ///
    /// @throws IllegalArgumentException when the digest is longer than 128 bytes
    public static Multihash of(Multicodec function, byte[] digest) {
        if (digest.length > MAX_DIGEST_BYTES)
            throw new IllegalArgumentException(
                    "a digest of " + digest.length + " bytes; at most " + MAX_DIGEST_BYTES);
        int head = Varint.size(function.code()) + Varint.size(digest.length);
        ByteBuffer out = ByteBuffer.allocate(head + digest.length);
        Varint.write(function.code(), out);
        Varint.write(digest.length, out);
        out.put(digest);
        return new Multihash(out.array());
    }

    /// Reads one multihash and moves the buffer's position past it.
    public static Multihash read(ByteBuffer in) throws MalformedException {
        int start = in.position();
        Varint.read(in);
        long length = Varint.read(in);
        if (length > MAX_DIGEST_BYTES)
            throw new MalformedException(
                    "multihash digest of " + length + " bytes; at most " + MAX_DIGEST_BYTES);
        if (length > in.remaining())
            throw new MalformedException(
                    "multihash digest is cut short: "
                            + in.remaining()
                            + " of "
                            + length
                            + " bytes");
        byte[] bytes = new byte[in.position() - start + (int) length];
        in.get(start, bytes);
        in.position(start + bytes.length);
        return new Multihash(bytes);
    }

    /// Reads bytes that are one multihash and nothing else.
    public static Multihash of(byte[] bytes) throws MalformedException {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        Multihash hash = read(in);
        if (in.hasRemaining())
            throw new MalformedException(in.remaining() + " bytes after the multihash");
        return hash;
    }

    /// The hash function.
    public Multicodec function() {
        return Multicodec.of(bytes[0] >= 0 ? bytes[0] : head(0));
    }

    /// A copy of the digest.
    public byte[] digest() {
        return Arrays.copyOfRange(bytes, bytes.length - digestSize(), bytes.length);
    }

    /// The digest's length in bytes.
    public int digestSize() {
        return bytes[0] >= 0 && bytes[1] >= 0 ? bytes[1] : (int) head(1);
    }

    /// Whether the digest is these bytes.
    boolean isDigest(byte[] digest) {
        int start = bytes.length - digestSize();
        return Arrays.equals(bytes, start, bytes.length, digest, 0, digest.length);
    }

    /// A copy of the whole: code, length, digest.
    public byte[] bytes() {
        return bytes.clone();
    }

    /// The whole, not copied: for reading only, and only within this package.
    byte[] sharedBytes() {
        return bytes;
    }

    /// The length of the whole in bytes.
    public int size() {
        return bytes.length;
    }

    /// Appends the whole to a buffer.
    public void writeTo(ByteBuffer out) {
        out.put(bytes);
    }

    private long head(int index) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        try {
            long code = Varint.read(in);
            return index == 0 ? code : Varint.read(in);
        } catch (MalformedException e) {
            throw new IllegalStateException("a multihash that was checked when made", e);
        }
    }

    @Override
    public int compareTo(Multihash other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Multihash other && Arrays.equals(bytes, other.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /// Hexadecimal, as the field prints a bare multihash.
    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
