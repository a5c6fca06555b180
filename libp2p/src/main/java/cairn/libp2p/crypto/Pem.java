package cairn.libp2p.crypto;

import cairn.multiformats.MalformedException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// The text form of a PKCS #8 key: base64 between two lines that name it. What stands around is
/// passed over. Source: RFC 7468, 10.
final class Pem {
    private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String END = "-----END PRIVATE KEY-----";
    private static final String ANY_BEGIN = "-----BEGIN ";
    private static final int LINE_CHARS = 64;

    private Pem() {}

    /// Whether the text may be meant for this.
    static boolean isLike(byte[] text) {
        return string(text).contains(ANY_BEGIN);
    }

    static byte[] read(byte[] text) throws MalformedException {
        if (text.length > 2 * SigningKey.MAX_BYTES)
            throw new MalformedException("PEM of " + text.length + " bytes");
        String all = string(text);
        int begin = all.indexOf(BEGIN);
        int end = begin < 0 ? -1 : all.indexOf(END, begin + BEGIN.length());
        if (end < 0)
            throw new MalformedException(
                    all.contains(ANY_BEGIN)
                            ? "the PEM text holds something else than a PRIVATE KEY"
                            : "no PEM text: it has no line \"" + BEGIN + "\"");
        String body = all.substring(begin + BEGIN.length(), end);
        try {
            return Base64.getDecoder().decode(body.replaceAll("[ \\t\\r\\n]", ""));
        } catch (IllegalArgumentException e) {
            throw new MalformedException("PEM: " + e.getMessage());
        }
    }

    static String write(byte[] der) {
        byte[] lineEnd = {'\n'};
        String body = Base64.getMimeEncoder(LINE_CHARS, lineEnd).encodeToString(der);
        return BEGIN + "\n" + body + "\n" + END + "\n";
    }

    private static String string(byte[] text) {
        return new String(text, StandardCharsets.ISO_8859_1);
    }
}
