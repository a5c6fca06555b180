package cairn.dag.codec;

import cairn.multiformats.Cid;
import cairn.multiformats.MalformedException;
import java.nio.ByteBuffer;

/// Reads the heads and strings of one CBOR item. Counts are held against what is left: each item
/// that is still to come takes at least a byte, over all lists and maps that are open.
///
/// Source: RFC 8949, section 3; ipld.io/specs/codecs/dag-cbor.
final class CborReader {
    static final int UNSIGNED = 0;
    static final int NEGATIVE = 1;
    static final int BYTES = 2;
    static final int TEXT = 3;
    static final int LIST = 4;
    static final int MAP = 5;
    static final int TAG = 6;
    static final int SIMPLE = 7;

    static final int FALSE = 20;
    static final int TRUE = 21;
    static final int NULL = 22;
    static final int UNDEFINED = 23;
    static final int HALF = 25;
    static final int SINGLE = 26;
    static final int DOUBLE = 27;

    private static final int LINK_TAG = 42;

    private final Codec codec;
    private final boolean strict;
    private final ByteBuffer in;
    private int major;
    private int info;
    private long argument;
    private boolean linked;
    private long promised = 1;
    private long items;

    CborReader(Codec codec, boolean strict, ByteBuffer in) {
        this.codec = codec;
        this.strict = strict;
        this.in = in.slice();
    }

    /// Reads the head of the next item, and that of its tag, if any.
    ///
    /// @return the major type, never [#TAG]
    int next() throws MalformedException {
        promised--;
        items++;
        head();
        linked = false;
        if (major != TAG) return major;
        long tag = argument;
        if (strict && (codec == Codec.CBOR || tag != LINK_TAG))
            throw error("tag " + Long.toUnsignedString(tag) + " is not allowed");
        head();
        if (major == TAG) throw error("a tag within a tag");
        if (major == BYTES) {
            if (tag != LINK_TAG || codec == Codec.CBOR)
                throw error("bytes with tag " + Long.toUnsignedString(tag));
            linked = true;
        } else if (strict) {
            throw error("tag 42 on what is no CID");
        }
        return major;
    }

    private void head() throws MalformedException {
        if (!in.hasRemaining()) throw error("cut short");
        int initial = in.get() & 0xff;
        major = initial >> 5;
        info = initial & 0x1f;
        if (info == 31) throw error("indefinite length");
        if (info > 27) throw error("no such head: 0x" + Integer.toHexString(initial));
        if (info < 24) {
            argument = info;
            return;
        }
        int size = 1 << (info - 24);
        if (in.remaining() < size) throw error("cut short");
        argument =
                switch (size) {
                    case 1 -> in.get() & 0xff;
                    case 2 -> in.getShort() & 0xffff;
                    case 4 -> in.getInt() & 0xffffffffL;
                    default -> in.getLong();
                };
        if (strict && major != SIMPLE && !isShortest(size))
            throw error("an integer or length that is not in its shortest form");
    }

    private boolean isShortest(int size) {
        if (size == 1) return argument >= 24;
        return size == 8 ? argument >>> 32 != 0 : argument >>> (4 * size) != 0;
    }

    /// The argument of the head, unsigned.
    long argument() {
        return argument;
    }

    /// Whether the bytes are a link's.
    boolean isLink() {
        return linked;
    }

    /// Which simple value or float it is; those that are none of the data model's are refused.
    int simple() throws MalformedException {
        return switch (info) {
            case FALSE, TRUE, NULL, DOUBLE -> info;
            case UNDEFINED, HALF, SINGLE -> {
                if (strict) throw error(info == UNDEFINED ? "undefined" : "a float of less bits");
                yield info;
            }
            default -> throw error("no simple value of IPLD: " + info);
        };
    }

    /// The float that was read.
    Value.Real number() throws MalformedException {
        double value =
                switch (info) {
                    case HALF -> Float.float16ToFloat((short) argument);
                    case SINGLE -> Float.intBitsToFloat((int) argument);
                    default -> Double.longBitsToDouble(argument);
                };
        if (!Double.isFinite(value)) throw error("IPLD has no float " + value);
        return new Value.Real(value);
    }

    /// The bytes of a string: a view.
    ByteBuffer string() throws MalformedException {
        if (argument < 0 || argument > in.remaining())
            throw error(
                    "cut short: "
                            + in.remaining()
                            + " of "
                            + Long.toUnsignedString(argument)
                            + " bytes");
        ByteBuffer string = in.slice(in.position(), (int) argument);
        in.position(in.position() + (int) argument);
        if (strict && major == TEXT && !Utf8.isValid(string)) throw error("a string not in UTF-8");
        return string;
    }

    /// The number of items in a list, or of entries in a map. There are bytes left for all.
    int count() throws MalformedException {
        int each = major == MAP ? 2 : 1;
        if (argument < 0 || argument > (in.remaining() - promised) / each)
            throw error(
                    "cut short: "
                            + in.remaining()
                            + " bytes are left for a count of "
                            + Long.toUnsignedString(argument));
        if (items + promised + each * argument > Codec.MAX_VALUES)
            throw error("more than " + Codec.MAX_VALUES + " values");
        promised += each * argument;
        return (int) argument;
    }

    /// The CID of a link.
    Cid cid() throws MalformedException {
        ByteBuffer bytes = string();
        if (!bytes.hasRemaining() || bytes.get() != 0)
            throw error("a CID without a zero before it");
        Cid cid;
        try {
            cid = Cid.read(bytes);
        } catch (MalformedException e) {
            throw error("no CID: " + e.getMessage());
        }
        if (bytes.hasRemaining()) throw error(bytes.remaining() + " bytes after a CID");
        return cid;
    }

    void end() throws MalformedException {
        if (in.hasRemaining()) throw error(in.remaining() + " bytes after the value");
    }

    MalformedException error(String what) {
        return new MalformedException(codec + " at byte " + in.position() + ": " + what);
    }
}
