package cairn.libp2p.crypto;

import cairn.multiformats.MalformedException;
import java.math.BigInteger;
import java.nio.ByteBuffer;

/// Reads DER values one after the other, in their only form. Nothing is copied before its length
/// has been held against what is left. Source: ITU-T X.690, 8 and 10.
public final class DerReader {
    public static final int INTEGER = 0x02;
    public static final int BIT_STRING = 0x03;
    public static final int OCTET_STRING = 0x04;
    public static final int SEQUENCE = 0x30;

    /// The most bytes of a length: values here have fewer than 2^16.
    private static final int MAX_LENGTH_BYTES = 2;

    private final String what;
    private final ByteBuffer in;

    /// @param what the name that errors give to what is read
    public DerReader(String what, byte[] der) {
        this(what, ByteBuffer.wrap(der));
    }

    private DerReader(String what, ByteBuffer in) {
        this.what = what;
        this.in = in;
    }

    /// Reads a value that has others in it.
    public DerReader within(int tag) throws MalformedException {
        return new DerReader(what, value(tag));
    }

    /// Reads a value as bytes.
    public byte[] bytes(int tag) throws MalformedException {
        ByteBuffer value = value(tag);
        byte[] bytes = new byte[value.remaining()];
        value.get(bytes);
        return bytes;
    }

    /// Reads a number that isn't negative, its bits counted before any is read.
    BigInteger natural(int maxBits) throws MalformedException {
        ByteBuffer value = value(INTEGER);
        int size = value.remaining();
        if (size == 0) throw malformed("a number without bytes");
        byte first = value.get(0);
        if (first < 0) throw malformed("a negative number");
        if (first == 0 && size > 1 && value.get(1) >= 0) throw malformed("a number with a zero");
        int at = first == 0 && size > 1 ? 1 : 0;
        int bits =
                Byte.SIZE * (size - at) - Integer.numberOfLeadingZeros(value.get(at) & 0xff) + 24;
        if (bits > maxBits) throw malformed("a number of " + bits + " bits; at most " + maxBits);
        byte[] magnitude = new byte[size];
        value.get(magnitude);
        return new BigInteger(1, magnitude);
    }

    /// Reads bytes that must be these.
    void expect(byte[] expected, String name) throws MalformedException {
        if (in.remaining() < expected.length
                || !in.slice(in.position(), expected.length).equals(ByteBuffer.wrap(expected)))
            throw malformed("not " + name);
        in.position(in.position() + expected.length);
    }

    /// Whether the next value has a tag.
    boolean isNext(int tag) {
        return in.hasRemaining() && (in.get(in.position()) & 0xff) == tag;
    }

    /// Ends what is read.
    ///
    /// @throws MalformedException when there is more
    public void end() throws MalformedException {
        if (in.hasRemaining()) throw malformed(in.remaining() + " bytes too many");
    }

    private ByteBuffer value(int tag) throws MalformedException {
        int found = octet();
        if (found != tag)
            throw malformed(
                    "tag " + Integer.toHexString(found) + ", not " + Integer.toHexString(tag));
        int length = length();
        if (length > in.remaining())
            throw malformed("cut short: " + in.remaining() + " of " + length + " bytes");
        ByteBuffer value = in.slice(in.position(), length);
        in.position(in.position() + length);
        return value;
    }

    private int length() throws MalformedException {
        int first = octet();
        if (first < 0x80) return first;
        int size = first & 0x7f;
        if (size == 0 || size > MAX_LENGTH_BYTES) throw malformed("a length of " + size + " bytes");
        int length = 0;
        for (int i = 0; i < size; i++) length = length << Byte.SIZE | octet();
        if (length < (size == 1 ? 0x80 : 0x100)) throw malformed("a length with a zero");
        return length;
    }

    private int octet() throws MalformedException {
        if (!in.hasRemaining()) throw malformed("cut short");
        return in.get() & 0xff;
    }

    private MalformedException malformed(String fault) {
        return new MalformedException(what + ": " + fault);
    }
}
