package cairn.dag;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The name of a link: bytes, by custom UTF-8, ordered as unsigned bytes. File systems allow any
/// bytes in a name, so nothing here assumes text. Immutable.
public final class LinkName implements Comparable<LinkName> {
    /// The name of links that need none, such as those of a file to its parts.
    public static final LinkName EMPTY = new LinkName(new byte[0]);

    /// The bytes of the longest path that Linux takes; a block has room for a name of two million.
    private static final int MAX_QUOTED = 4096;

    private final byte[] bytes;

    private LinkName(byte[] bytes) {
        this.bytes = bytes;
    }

    public static LinkName of(String name) {
        return name.isEmpty() ? EMPTY : new LinkName(name.getBytes(StandardCharsets.UTF_8));
    }

    /// A name of any bytes, which are copied.
    public static LinkName of(byte[] name) {
        return name.length == 0 ? EMPTY : new LinkName(name.clone());
    }

    /// A name of the buffer's remaining bytes, which are copied; the position stays.
    public static LinkName of(ByteBuffer name) {
        if (!name.hasRemaining()) return EMPTY;
        byte[] bytes = new byte[name.remaining()];
        name.get(name.position(), bytes);
        return new LinkName(bytes);
    }

    /// This name and another with a `/` between them.
    public LinkName joined(LinkName name) {
        byte[] joined = Arrays.copyOf(bytes, bytes.length + 1 + name.bytes.length);
        joined[bytes.length] = '/';
        System.arraycopy(name.bytes, 0, joined, bytes.length + 1, name.bytes.length);
        return new LinkName(joined);
    }

    /// A copy of the bytes.
    public byte[] bytes() {
        return bytes.clone();
    }

    /// The number of bytes.
    public int size() {
        return bytes.length;
    }

    public boolean isEmpty() {
        return bytes.length == 0;
    }

    public byte byteAt(int index) {
        return bytes[index];
    }

    /// Appends the bytes to a buffer.
    public void writeTo(ByteBuffer out) {
        out.put(bytes);
    }

    /// Whether the bytes are UTF-8, so that [#toString] loses nothing.
    public boolean isUtf8() {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /// The name as text that is safe to print, by [SafeText]; bytes that aren't UTF-8 are escaped
    /// too.
    public String escaped() {
        StringBuilder out = new StringBuilder(bytes.length);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        while (in.hasRemaining()) escapeNext(in, out);
        return out.toString();
    }

    /// As [#escaped], between double quotes; those within are escaped too. For messages: of a name
    /// longer than any path there are the first bytes and the length.
    public String quoted() {
        if (bytes.length > MAX_QUOTED)
            return new LinkName(Arrays.copyOf(bytes, MAX_QUOTED)).quoted()
                    + "... ("
                    + bytes.length
                    + " bytes)";
        return '"' + escaped().replace("\"", "\\\"") + '"';
    }

    private static void escapeNext(ByteBuffer in, StringBuilder out) {
        int lead = in.get(in.position()) & 0xff;
        int length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
        ByteBuffer one = in.slice(in.position(), Math.min(length, in.remaining()));
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(one).toString();
            SafeText.append(text.codePointAt(0), out);
            in.position(in.position() + length);
        } catch (CharacterCodingException e) {
            SafeText.appendByte(in.get(), out);
        }
    }

    @Override
    public int compareTo(LinkName other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof LinkName other && Arrays.equals(bytes, other.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /// The name as text, U+FFFD for what isn't UTF-8.
    @Override
    public String toString() {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
