package cairn.dag.car;

import cairn.multiformats.Cid;
import cairn.multiformats.MalformedException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The first section of an archive: a dag-cbor map of `version` and `roots`. Source: ipld/specs,
/// CARv1, "Header".
///
/// It is written in its one canonical form, and read in that or one that others write: keys the
/// other way round, `roots` absent or null for none.
record CarHeader(long version, List<Cid> roots) {
    /// The longest header, in bytes: some 25,000 roots.
    static final int MAX_BYTES = 1 << 20;

    private static final int UNSIGNED = 0;
    private static final int BYTES = 2;
    private static final int TEXT = 3;
    private static final int ARRAY = 4;
    private static final int MAP = 5;
    private static final int TAG = 6;
    private static final byte NULL = (byte) 0xf6;
    private static final int CID_TAG = 42;

    /// The kinds of length that follow a first byte are told by 24 to 27: 1, 2, 4, 8 bytes.
    private static final int LENGTH_FOLLOWS = 24;

    CarHeader {
        roots = List.copyOf(roots);
    }

    static CarHeader decode(ByteBuffer in) throws MalformedException {
        long entries = head(in, MAP, "the header");
        if (entries > 2)
            throw new MalformedException(
                    "the header has " + entries + " entries; known are version and roots");
        long version = -1;
        List<Cid> roots = null;
        for (int i = 0; i < entries; i++) {
            String key = key(in);
            if (key.equals("version") && version < 0) version = head(in, UNSIGNED, "version");
            else if (key.equals("roots") && roots == null) roots = roots(in);
            else throw new MalformedException("the header has a second '" + key + "'");
        }
        if (in.hasRemaining())
            throw new MalformedException(in.remaining() + " bytes after the header's map");
        if (version < 0) throw new MalformedException("the header has no version");
        return new CarHeader(version, roots == null ? List.of() : roots);
    }

    private static String key(ByteBuffer in) throws MalformedException {
        long length = head(in, TEXT, "a key of the header");
        String key = length > 7 ? "" : StandardCharsets.UTF_8.decode(take(in, length)).toString();
        if (!key.equals("version") && !key.equals("roots"))
            throw new MalformedException("the header has an unknown key");
        return key;
    }

    private static List<Cid> roots(ByteBuffer in) throws MalformedException {
        if (in.hasRemaining() && in.get(in.position()) == NULL) {
            in.get();
            return List.of();
        }
        long count = head(in, ARRAY, "roots");
        List<Cid> roots = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            if (head(in, TAG, "a root") != CID_TAG)
                throw new MalformedException("a root has another tag than 42");
            ByteBuffer link = take(in, head(in, BYTES, "a root"));
            if (!link.hasRemaining() || link.get() != 0)
                throw new MalformedException("a root doesn't begin with the byte 0");
            roots.add(Cid.read(link));
            if (link.hasRemaining())
                throw new MalformedException(link.remaining() + " bytes after a root");
        }
        return roots;
    }

    private static ByteBuffer take(ByteBuffer in, long length) throws MalformedException {
        if (length > in.remaining()) throw new MalformedException("the header is cut short");
        ByteBuffer part = in.slice(in.position(), (int) length);
        in.position(in.position() + (int) length);
        return part;
    }

    /// Reads a major type and its value, in the shortest form, from 0 to 2^63-1.
    private static long head(ByteBuffer in, int major, String what) throws MalformedException {
        int first = take(in, 1).get() & 0xff;
        if (first >>> 5 != major)
            throw new MalformedException(
                    what + " has CBOR's major type " + (first >>> 5) + " instead of " + major);
        int info = first & 0x1f;
        if (info < LENGTH_FOLLOWS) return info;
        if (info > LENGTH_FOLLOWS + 3)
            throw new MalformedException(what + " has no definite length");
        int width = 1 << (info - LENGTH_FOLLOWS);
        long value = 0;
        ByteBuffer bytes = take(in, width);
        while (bytes.hasRemaining()) value = value << Byte.SIZE | (bytes.get() & 0xff);
        if (value < 0) throw new MalformedException(what + " is too large");
        if (headBytes(value) != 1 + width)
            throw new MalformedException(what + " is not in its shortest form");
        return value;
    }

    /// The header in bytes, without its length.
    byte[] encode() {
        int size = 64;
        for (Cid root : roots) size += root.size() + 16;
        ByteBuffer out = ByteBuffer.allocate(size);
        write(MAP, 2, out);
        write("roots", out);
        write(ARRAY, roots.size(), out);
        for (Cid root : roots) {
            write(TAG, CID_TAG, out);
            write(BYTES, root.size() + 1, out);
            root.writeTo(out.put((byte) 0));
        }
        write("version", out);
        write(UNSIGNED, version, out);
        byte[] bytes = new byte[out.flip().remaining()];
        out.get(bytes);
        return bytes;
    }

    private static void write(String text, ByteBuffer out) {
        write(TEXT, text.length(), out);
        out.put(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static void write(int major, long value, ByteBuffer out) {
        int width = headBytes(value) - 1;
        if (width == 0) {
            out.put((byte) (major << 5 | (int) value));
            return;
        }
        out.put((byte) (major << 5 | LENGTH_FOLLOWS + Integer.numberOfTrailingZeros(width)));
        for (int i = width - 1; i >= 0; i--) out.put((byte) (value >>> (Byte.SIZE * i)));
    }

    private static int headBytes(long value) {
        if (value < LENGTH_FOLLOWS) return 1;
        if (value < 1L << 8) return 2;
        if (value < 1L << 16) return 3;
        return value < 1L << 32 ? 5 : 9;
    }
}
