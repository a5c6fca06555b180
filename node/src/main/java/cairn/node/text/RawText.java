package cairn.node.text;

import cairn.dag.LinkName;
import cairn.dag.PathBytes;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// Raw text is a `String` that can hold any bytes: those which aren't UTF-8 stand as U+DC80 to
/// U+DCFF, which no UTF-8 gives. File names and arguments of the command line pass through the
/// program so, unharmed. Source: the scheme of PEP 383.
public final class RawText {
    private static final int ESCAPE = 0xdc00;

    private RawText() {}

    /// The text of some bytes.
    public static String decode(byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        while (true) {
            CoderResult result = decoder.decode(in, out, true);
            if (!result.isError()) return out.flip().toString();
            for (int i = 0; i < result.length(); i++) out.put((char) (ESCAPE | (in.get() & 0xff)));
        }
    }

    /// The bytes of a text.
    public static byte[] encode(String text) {
        if (!isEscaped(text)) return text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer out = ByteBuffer.allocate(3 * text.length());
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (isEscape(c)) out.put((byte) c);
            else out.put(Character.toString(c).getBytes(StandardCharsets.UTF_8));
        }
        byte[] bytes = new byte[out.flip().remaining()];
        out.get(bytes);
        return bytes;
    }

    /// The path that a text names.
    ///
    /// @throws java.nio.file.InvalidPathException when it can't name one, as with a NUL
    public static Path path(String text) {
        return PathBytes.path(LinkName.of(encode(text)));
    }

    /// The text of a path.
    public static String of(Path path) {
        return decode(PathBytes.of(path).bytes());
    }

    /// Appends a byte of a path as it stands in a URI.
    public static void appendPercent(byte b, StringBuilder uri) {
        boolean plain = b == '/' || b == '.' || (b > 0 && Character.isLetterOrDigit(b));
        if (plain) uri.append((char) b);
        else uri.append(String.format("%%%02X", b));
    }

    /// Whether a character stands for a byte that isn't UTF-8.
    public static boolean isEscape(int c) {
        return c >= 0xdc80 && c <= 0xdcff;
    }

    private static boolean isEscaped(String text) {
        return text.codePoints().anyMatch(RawText::isEscape);
    }
}
