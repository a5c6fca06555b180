package cairn.dag.codec;

import cairn.dag.codec.Value.Int;
import cairn.multiformats.MalformedException;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Reads the tokens of one JSON text in UTF-8.
///
/// Strict is RFC 8259. The tolerant reader also takes what Kubo does: a comma after the last item,
/// a float without digits after its point, and text that isn't Unicode, whose bytes and lone
/// surrogates become U+FFFD.
final class JsonReader {
    static final int END = -1;

    /// The longest number, in characters: no double has more digits than 767, with a sign, zeros, a
    /// point and an exponent.
    private static final int MAX_NUMBER_CHARS = 1200;

    private static final int REPLACEMENT = 0xfffd;

    private final Codec codec;
    private final boolean strict;
    private final ByteBuffer in;
    private int at;

    JsonReader(Codec codec, boolean strict, ByteBuffer in) {
        this.codec = codec;
        this.strict = strict;
        this.in = in.slice();
    }

    /// The byte at which the next token begins, or [#END].
    int peek() {
        while (at < in.limit() && isSpace(in.get(at))) at++;
        return at < in.limit() ? in.get(at) & 0xff : END;
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    /// Moves past a token of one character, if it is the next.
    boolean take(char token) {
        if (peek() != token) return false;
        at++;
        return true;
    }

    void expect(char token) throws MalformedException {
        if (!take(token)) throw unexpected("'" + token + "'");
    }

    /// Moves past what is between two items, or past the end of all of them.
    ///
    /// @return whether another item follows
    boolean more(char close) throws MalformedException {
        if (take(close)) return false;
        if (!take(',')) throw unexpected("',' or '" + close + "'");
        if (peek() != close) return true;
        if (strict) throw unexpected("an item");
        return !take(close);
    }

    void literal(String word) throws MalformedException {
        for (int i = 0; i < word.length(); i++, at++)
            if (at >= in.limit() || in.get(at) != word.charAt(i)) throw unexpected(word);
    }

    /// The value of a string.
    Octets string() throws MalformedException {
        ByteBuffer raw = rawString();
        return isPlain(raw) ? Octets.of(raw) : unescaped(raw);
    }

    /// What is between the quotes of a string, as it is written: a view. Escapes have been checked
    /// for their form.
    ByteBuffer rawString() throws MalformedException {
        expect('"');
        int from = at;
        while (true) {
            if (at >= in.limit()) throw error("a string that doesn't end");
            int b = in.get(at) & 0xff;
            if (b == '"') break;
            if (b < 0x20) throw error("a control character in a string");
            at += b == '\\' ? escapeLength() : 1;
        }
        ByteBuffer raw = in.slice(from, at - from);
        if (strict && !Utf8.isValid(raw)) throw error("a string not in UTF-8");
        at++;
        return raw;
    }

    private int escapeLength() throws MalformedException {
        int letter = at + 1 < in.limit() ? in.get(at + 1) : END;
        if (letter == 'u') {
            for (int i = 2; i < 6; i++)
                if (at + i >= in.limit() || digit(in.get(at + i)) < 0)
                    throw error("\\u without four hexadecimal digits");
            return 6;
        }
        if (letter == END || "\"\\/bfnrt".indexOf(letter) < 0) throw error("no such escape");
        return 2;
    }

    private static int digit(byte b) {
        return b < 0 ? -1 : Character.digit(b, 16);
    }

    private static boolean isPlain(ByteBuffer raw) {
        for (int i = 0; i < raw.limit(); i++) if (raw.get(i) == '\\') return false;
        return Utf8.isValid(raw);
    }

    /// The value of a raw string.
    Octets unescaped(ByteBuffer raw) throws MalformedException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(raw.limit());
        for (int i = 0; i < raw.limit(); ) {
            if (raw.get(i) == '\\') {
                i += unescape(raw, i, out);
                continue;
            }
            int length = Utf8.sequence(raw, i);
            if (length == 0) put(REPLACEMENT, out);
            for (int j = 0; j < length; j++) out.write(raw.get(i + j));
            i += Math.max(1, length);
        }
        return Octets.of(out.toByteArray());
    }

    private int unescape(ByteBuffer raw, int i, ByteArrayOutputStream out)
            throws MalformedException {
        char letter = (char) raw.get(i + 1);
        if (letter != 'u') {
            int plain = "bfnrt".indexOf(letter);
            out.write(plain < 0 ? letter : "\b\f\n\r\t".charAt(plain));
            return 2;
        }
        char unit = unit(raw, i);
        if (!Character.isSurrogate(unit)) {
            put(unit, out);
            return 6;
        }
        char low = Character.isHighSurrogate(unit) ? unit(raw, i + 6) : 0;
        if (Character.isLowSurrogate(low)) {
            put(Character.toCodePoint(unit, low), out);
            return 12;
        }
        if (strict) throw error("a lone surrogate in a string");
        put(REPLACEMENT, out);
        return 6;
    }

    /// The code unit that `\\uXXXX` at a place is; 0 where there is no such escape.
    private static char unit(ByteBuffer raw, int i) {
        if (i + 6 > raw.limit() || raw.get(i) != '\\' || raw.get(i + 1) != 'u') return 0;
        int unit = 0;
        for (int j = 2; j < 6; j++) unit = unit << 4 | digit(raw.get(i + j));
        return (char) unit;
    }

    private static void put(int codePoint, ByteArrayOutputStream out) {
        out.writeBytes(Character.toString(codePoint).getBytes(StandardCharsets.UTF_8));
    }

    /// The value of a number: an integer where it has neither point nor exponent.
    Value number() throws MalformedException {
        int from = at;
        boolean integer = rawNumber();
        byte[] digits = new byte[at - from];
        in.get(from, digits);
        String text = new String(digits, StandardCharsets.US_ASCII);
        if (integer)
            return Int.of(new BigInteger(text))
                    .orElseThrow(() -> error("an integer out of range: " + text));
        double value = Double.parseDouble(text);
        if (!Double.isFinite(value)) throw error("a float out of range: " + text);
        return new Value.Real(value);
    }

    /// Moves past a number.
    ///
    /// @return whether it is an integer
    boolean rawNumber() throws MalformedException {
        int from = at;
        if (at < in.limit() && in.get(at) == '-') at++;
        if (at < in.limit() && in.get(at) == '0') at++;
        else digits(false);
        boolean integer = true;
        if (at < in.limit() && in.get(at) == '.') {
            integer = false;
            at++;
            digits(!strict);
        }
        if (at < in.limit() && (in.get(at) | 0x20) == 'e') {
            integer = false;
            at++;
            if (at < in.limit() && (in.get(at) == '+' || in.get(at) == '-')) at++;
            digits(false);
        }
        if (at - from > MAX_NUMBER_CHARS) throw error("a number of " + (at - from) + " characters");
        return integer;
    }

    private void digits(boolean none) throws MalformedException {
        int from = at;
        while (at < in.limit() && in.get(at) >= '0' && in.get(at) <= '9') at++;
        if (at == from && !none) throw unexpected("a digit");
    }

    void end() throws MalformedException {
        while (peek() == 0 && !strict) at++;
        if (peek() != END) throw error("more after the value");
    }

    MalformedException unexpected(String expected) {
        if (at >= in.limit()) return error("cut short, expected " + expected);
        int b = in.get(at) & 0xff;
        String got = b > 0x20 && b < 0x7f ? "'" + (char) b + "'" : "0x" + Integer.toHexString(b);
        return error("expected " + expected + ", not " + got);
    }

    MalformedException error(String what) {
        return new MalformedException(codec + " at byte " + at + ": " + what);
    }
}
