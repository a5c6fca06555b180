package cairn.multiformats;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;

/// Reads a multibase text of any length, in UTF-8. One line end behind the text is no part of it,
/// unless the base is identity, where every byte stands for itself.
///
/// **Limit:** base10, base36 and base58 take the text of [Multibase#MAX_RADIX_BYTES].
public final class MultibaseDecoder {
    /// A multiple of the characters that hold whole bytes in every base (8).
    private static final int PIECE_CHARACTERS = 1 << 16;

    /// More than a line end: a piece with so much behind it isn't the last.
    private static final int AHEAD = 3;

    private final Reader text;
    private final OutputStream out;
    private final Multibase base;
    private final char[] held;
    private int used;
    private long passed; // code points

    /// @param prefix what was read already
    private MultibaseDecoder(Reader text, OutputStream out, String prefix)
            throws MalformedException {
        this.text = text;
        this.out = out;
        this.base = Multibase.of(prefix);
        int most = base.isRadix() ? RadixCodec.MAX_CHARACTERS : PIECE_CHARACTERS;
        this.held = new char[prefix.length() + most + AHEAD];
        prefix.getChars(0, prefix.length(), held, 0);
        this.used = prefix.length();
    }

    /// Writes the bytes of a text. Those before a mistake may have been written already.
    ///
    /// @throws MalformedException as [Multibase#decode] does
    public static void decode(InputStream text, OutputStream out) throws IOException {
        PushbackInputStream bytes = new PushbackInputStream(text);
        int first = bytes.read();
        if (first == Multibase.IDENTITY.prefix()) {
            bytes.transferTo(out);
            return;
        }
        if (first >= 0) bytes.unread(first);
        Reader characters = new InputStreamReader(bytes, StandardCharsets.UTF_8);
        new MultibaseDecoder(characters, out, prefix(characters)).decode();
    }

    /// The first character (code point); empty when there is none.
    private static String prefix(Reader text) throws IOException {
        StringBuilder prefix = new StringBuilder(2);
        int next = text.read();
        if (next >= 0) prefix.append((char) next);
        if (next >= 0 && Character.isHighSurrogate((char) next)) {
            next = text.read();
            if (next >= 0) prefix.append((char) next);
        }
        return prefix.toString();
    }

    private void decode() throws IOException {
        int from = used;
        while (fill()) {
            if (base.isRadix()) throw RadixCodec.tooLong(base);
            int end = from + PIECE_CHARACTERS;
            if (Character.isHighSurrogate(held[end - 1])) end--;
            pass(from, end, false);
            used -= end;
            System.arraycopy(held, end, held, 0, used);
            from = 0;
        }
        pass(from, lineEnd(from), true);
    }

    /// Whether there is more than a piece and a line end.
    private boolean fill() throws IOException {
        while (used < held.length) {
            int count = text.read(held, used, held.length - used);
            if (count < 0) return false;
            used += count;
        }
        return true;
    }

    /// Where the text ends that is held.
    private int lineEnd(int from) {
        int end = used;
        if (end > from && held[end - 1] == '\n') end--;
        if (end > from && end < used && held[end - 1] == '\r') end--;
        return end;
    }

    private void pass(int from, int end, boolean last) throws IOException {
        String piece = new String(held, 0, end);
        try {
            if (!last && piece.charAt(end - 1) == '=')
                throw TextCodec.unexpected(piece, end - 1, base);
            out.write(base.decodeFrom(piece, from));
        } catch (MalformedException e) {
            if (passed == 0) throw e;
            throw new MalformedException(
                    "in what follows character " + passed + ": " + e.getMessage());
        }
        passed += piece.codePointCount(0, end);
    }
}
