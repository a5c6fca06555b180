package cairn.dag.codec;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Tells where UTF-8 is well-formed: shortest forms only, no surrogates, nothing above U+10FFFF.
/// Source: RFC 3629, section 4.
final class Utf8 {
    private static final byte[] REPLACEMENT = "\ufffd".getBytes(StandardCharsets.UTF_8);

    private Utf8() {}

    static boolean isValid(ByteBuffer text) {
        for (int at = text.position(); at < text.limit(); ) {
            int length = text.get(at) >= 0 ? 1 : sequence(text, at);
            if (length == 0) return false;
            at += length;
        }
        return true;
    }

    /// The text with U+FFFD in place of each byte that belongs to no character, as JSON holds it.
    static Octets replaced(Octets octets) {
        ByteBuffer text = octets.data();
        if (isValid(text)) return octets;
        ByteArrayOutputStream out = new ByteArrayOutputStream(3 * text.limit());
        for (int at = 0; at < text.limit(); ) {
            int length = sequence(text, at);
            if (length == 0) out.writeBytes(REPLACEMENT);
            for (int i = 0; i < length; i++) out.write(text.get(at + i));
            at += Math.max(1, length);
        }
        return Octets.of(out.toByteArray());
    }

    /// The number of bytes of the character at a place; 0 where there is none that is well-formed.
    static int sequence(ByteBuffer text, int at) {
        int lead = text.get(at) & 0xff;
        if (lead < 0x80) return 1;
        int length = lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
        if (length == 0 || length > text.limit() - at) return 0;
        int second = text.get(at + 1) & 0xff;
        int lowest = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
        int highest = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
        if (second < lowest || second > highest) return 0;
        for (int i = 2; i < length; i++) if ((text.get(at + i) & 0xc0) != 0x80) return 0;
        return length;
    }
}
