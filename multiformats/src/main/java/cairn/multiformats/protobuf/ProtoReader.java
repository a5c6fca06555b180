package cairn.multiformats.protobuf;

import cairn.multiformats.MalformedException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Reads the fields of one protobuf message from a buffer. Nothing is copied, and every length is
/// held against what is left. Source: protobuf.dev/programming-guides/encoding.
public final class ProtoReader {
    public static final int VARINT = 0;
    public static final int FIXED64 = 1;
    public static final int BYTES = 2;
    public static final int FIXED32 = 5;

    private final String message;
    private final ByteBuffer in;
    private int wireType;

    /// @param message the name that errors give to the message
    public ProtoReader(String message, ByteBuffer in) {
        this.message = message;
        this.in = in.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    }

    /// Moves to the next field.
    ///
    /// @return its number; 0 at the end
    public int next() throws MalformedException {
        if (!in.hasRemaining()) return 0;
        long tag = varint();
        long field = tag >>> 3;
        if (field == 0 || field > (1 << 29) - 1)
            throw new MalformedException(message + ": no field number " + field);
        wireType = (int) (tag & 7);
        return (int) field;
    }

    public int wireType() {
        return wireType;
    }

    /// The field's value as a number; uint64 beyond 2^63 comes out negative.
    public long number(String field) throws MalformedException {
        expect(VARINT, field);
        return varint();
    }

    /// The field's value as a count or size.
    public long size(String field) throws MalformedException {
        expect(VARINT, field);
        return packedSize(field, in);
    }

    /// One count or size of several that are packed into a field of bytes.
    public long packedSize(String field, ByteBuffer packed) throws MalformedException {
        long value = varint(message, packed);
        if (value < 0)
            throw new MalformedException(
                    message
                            + ": "
                            + field
                            + " of "
                            + Long.toUnsignedString(value)
                            + " is too large");
        return value;
    }

    /// The field's value as bytes: a view, not a copy.
    public ByteBuffer bytes(String field) throws MalformedException {
        expect(BYTES, field);
        long length = varint();
        if (length < 0 || length > in.remaining())
            throw new MalformedException(
                    message
                            + ": "
                            + field
                            + " is cut short: "
                            + in.remaining()
                            + " of "
                            + Long.toUnsignedString(length)
                            + " bytes");
        ByteBuffer slice = in.slice(in.position(), (int) length);
        in.position(in.position() + (int) length);
        return slice;
    }

    /// The field's value as bytes, copied.
    public byte[] copy(String field) throws MalformedException {
        ByteBuffer view = bytes(field);
        byte[] copy = new byte[view.remaining()];
        view.get(copy);
        return copy;
    }

    public int fixed32(String field) throws MalformedException {
        expect(FIXED32, field);
        if (in.remaining() < 4)
            throw new MalformedException(message + ": " + field + " is cut short");
        return in.getInt();
    }

    /// Passes over a field that the reader doesn't know.
    public void skip() throws MalformedException {
        switch (wireType) {
            case VARINT -> varint();
            case BYTES -> bytes("unknown field");
            case FIXED32 -> advance(4);
            case FIXED64 -> advance(8);
            default -> throw new MalformedException(message + ": wire type " + wireType);
        }
    }

    private void advance(int bytes) throws MalformedException {
        if (in.remaining() < bytes)
            throw new MalformedException(message + ": unknown field is cut short");
        in.position(in.position() + bytes);
    }

    public void expect(int type, String field) throws MalformedException {
        if (wireType != type)
            throw new MalformedException(
                    message + ": " + field + " has wire type " + wireType + ", not " + type);
    }

    /// Any varint of at most ten bytes, minimal or not, as protobuf decoders take it.
    private long varint() throws MalformedException {
        return varint(message, in);
    }

    private static long varint(String message, ByteBuffer in) throws MalformedException {
        long value = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            if (!in.hasRemaining()) throw new MalformedException(message + ": varint is cut short");
            byte b = in.get();
            if (shift == 63 && (b & 0xfe) != 0)
                throw new MalformedException(message + ": varint is over 64 bits");
            value |= (long) (b & 0x7f) << shift;
            if (b >= 0) return value;
        }
        throw new MalformedException(message + ": varint is longer than 10 bytes");
    }
}
