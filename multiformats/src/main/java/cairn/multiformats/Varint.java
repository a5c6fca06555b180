package cairn.multiformats;

import java.nio.ByteBuffer;

/// The unsigned varint of multiformats: base 128, least significant group first, at most nine bytes
/// (63 bits), always in its shortest form. Source: multiformats/unsigned-varint.
public final class Varint {
    /// The longest varint, in bytes.
    public static final int MAX_BYTES = 9;

    private Varint() {}

    /// Reads one varint and moves the buffer's position past it.
    ///
    /// @throws MalformedException when it is cut short, longer than nine bytes, or not minimal
    public static long read(ByteBuffer in) throws MalformedException {
        long value = 0;
        for (int i = 0; i < MAX_BYTES; i++) {
            if (!in.hasRemaining()) throw new MalformedException("varint is cut short");
            byte b = in.get();
            value |= (long) (b & 0x7f) << (7 * i);
            if (b >= 0) {
                if (b == 0 && i > 0) throw new MalformedException("varint is not minimal");
                return value;
            }
        }
        throw new MalformedException("varint is longer than " + MAX_BYTES + " bytes");
    }

    /// Writes a value in its shortest form.
    ///
    /// @throws IllegalArgumentException when the value is negative
    public static void write(long value, ByteBuffer out) {
        if (value < 0) throw new IllegalArgumentException("varint can't hold " + value);
        long rest = value;
        while (rest > 0x7f) {
            out.put((byte) (rest | 0x80));
            rest >>>= 7;
        }
        out.put((byte) rest);
    }

    /// The number of bytes that a value takes.
    public static int size(long value) {
        if (value < 0) throw new IllegalArgumentException("varint can't hold " + value);
        return value == 0 ? 1 : (Long.SIZE - Long.numberOfLeadingZeros(value) + 6) / 7;
    }
}
