package cairn.libp2p.websocket;

import cairn.libp2p.wire.Duplex;
import cairn.multiformats.MalformedException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The head of an HTTP/1.1 message: its first line and its fields, up to the empty line (RFC 9112).
/// Strict: lines end in CRLF, fields aren't folded, no byte is a control character.
final class HttpHead {
    /// The most bytes of a head, as go's.
    static final int MAX_BYTES = 8 * 1024;

    private static final String TOKEN_SYMBOLS = "!#$%&'*+-.^_`|~";

    private final String startLine;
    private final Map<String, List<String>> fields;
    private final byte[] rest;

    private HttpHead(String startLine, Map<String, List<String>> fields, byte[] rest) {
        this.startLine = startLine;
        this.fields = fields;
        this.rest = rest;
    }

    /// Reads a head, and what comes along with it.
    ///
    /// @throws MalformedException for one that is too long, or against the rules
    /// @throws EOFException when the other end finished within it
    static HttpHead read(Duplex in) throws IOException {
        byte[] bytes = new byte[MAX_BYTES];
        int filled = 0;
        while (filled < bytes.length) {
            int n = in.read(bytes, filled, bytes.length - filled);
            if (n < 0) throw new EOFException("the connection ended within an HTTP head");
            int from = Math.max(0, filled - 3);
            filled += n;
            int end = endOf(bytes, from, filled);
            if (end >= 0) return parse(bytes, end, filled);
        }
        throw new MalformedException("an HTTP head of more than " + MAX_BYTES + " bytes");
    }

    /// Where the empty line begins that ends the head; -1 where it isn't there yet.
    private static int endOf(byte[] bytes, int from, int filled) {
        for (int i = from; i + 3 < filled; i++)
            if (bytes[i] == '\r'
                    && bytes[i + 1] == '\n'
                    && bytes[i + 2] == '\r'
                    && bytes[i + 3] == '\n') return i;
        return -1;
    }

    private static HttpHead parse(byte[] bytes, int end, int filled) throws MalformedException {
        String text = new String(bytes, 0, end, StandardCharsets.ISO_8859_1);
        String[] lines = text.split("\r\n", -1);
        for (String line : lines) checkPrintable(line);
        Map<String, List<String>> fields = new HashMap<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            if (colon <= 0) throw new MalformedException("an HTTP field without a name");
            String name = lines[i].substring(0, colon);
            checkToken(name);
            fields.computeIfAbsent(name.toLowerCase(Locale.ROOT), k -> new ArrayList<>())
                    .add(lines[i].substring(colon + 1).strip());
        }
        return new HttpHead(lines[0], fields, Arrays.copyOfRange(bytes, end + 4, filled));
    }

    private static void checkPrintable(String line) throws MalformedException {
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if ((c < ' ' && c != '\t') || c == 0x7f)
                throw new MalformedException("a control character in an HTTP head");
        }
    }

    private static void checkToken(String name) throws MalformedException {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean alphanumeric =
                    (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!alphanumeric && TOKEN_SYMBOLS.indexOf(c) < 0)
                throw new MalformedException("no name of an HTTP field");
        }
    }

    String startLine() {
        return startLine;
    }

    /// The value of a field that stands there once.
    Optional<String> single(String name) {
        List<String> values = fields.getOrDefault(name, List.of());
        return values.size() == 1 ? Optional.of(values.getFirst()) : Optional.empty();
    }

    boolean has(String name) {
        return fields.containsKey(name);
    }

    /// Whether a field that is a list has an element, in any case of its letters.
    boolean lists(String name, String element) {
        for (String value : fields.getOrDefault(name, List.of()))
            for (String one : value.split(",", -1))
                if (one.strip().equalsIgnoreCase(element)) return true;
        return false;
    }

    /// What was read after the head.
    byte[] rest() {
        return rest.clone();
    }
}
