package cairn.dag.codec;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A string of bytes, ordered as unsigned bytes. Immutable.
public final class Octets implements Comparable<Octets> {
    public static final Octets EMPTY = new Octets(new byte[0]);

    private final byte[] bytes;

    private Octets(byte[] bytes) {
        this.bytes = bytes;
    }

    /// The bytes of an array, which are copied.
    public static Octets of(byte[] bytes) {
        return bytes.length == 0 ? EMPTY : new Octets(bytes.clone());
    }

    /// The remaining bytes of a buffer, which are copied; its position stays.
    public static Octets of(ByteBuffer buffer) {
        if (!buffer.hasRemaining()) return EMPTY;
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(buffer.position(), bytes);
        return new Octets(bytes);
    }

    /// The bytes of a text in UTF-8; a lone surrogate becomes `?`.
    public static Octets utf8(String text) {
        return text.isEmpty() ? EMPTY : new Octets(text.getBytes(StandardCharsets.UTF_8));
    }

    public int size() {
        return bytes.length;
    }

    public byte at(int index) {
        return bytes[index];
    }

    /// A copy of the bytes.
    public byte[] bytes() {
        return bytes.clone();
    }

    /// The bytes, read-only.
    public ByteBuffer data() {
        return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    }

    void writeTo(OutputStream out) throws IOException {
        out.write(bytes);
    }

    @Override
    public int compareTo(Octets other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Octets other && Arrays.equals(bytes, other.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /// The bytes as text, U+FFFD for what isn't UTF-8.
    @Override
    public String toString() {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
