package cairn.multiformats.protobuf;

import java.nio.ByteBuffer;

/// The pieces that protobuf fields are written with, and how many bytes they take.
public final class ProtoWriter {
    private ProtoWriter() {}

    /// The bytes of a field of fewer than 16 that holds 32 bits.
    public static final int FIXED32 = 5;

    /// The bytes of a varint of 64 bits, a negative one taking ten.
    public static int varint(long value) {
        return (Long.SIZE - Long.numberOfLeadingZeros(value | 1) + 6) / 7;
    }

    /// The bytes of a field of fewer than 16 that holds a varint.
    public static int number(long value) {
        return 1 + varint(value);
    }

    /// The bytes of a field of fewer than 16 that holds so many bytes.
    public static int bytes(int length) {
        return 1 + varint(length) + length;
    }

    public static void putVarint(long value, ByteBuffer out) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            out.put((byte) (rest | 0x80));
            rest >>>= 7;
        }
        out.put((byte) rest);
    }

    public static void putNumber(int field, long value, ByteBuffer out) {
        out.put((byte) (field << 3 | ProtoReader.VARINT));
        putVarint(value, out);
    }

    /// The head of a field of bytes; the bytes follow.
    public static void putBytesHead(int field, int length, ByteBuffer out) {
        out.put((byte) (field << 3 | ProtoReader.BYTES));
        putVarint(length, out);
    }

    public static void putFixed32(int field, int value, ByteBuffer out) {
        out.put((byte) (field << 3 | ProtoReader.FIXED32));
        out.putInt(Integer.reverseBytes(value));
    }
}
