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
