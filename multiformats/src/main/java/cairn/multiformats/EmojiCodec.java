package cairn.multiformats;

import java.util.HashMap;
import java.util.Map;

/// The codec of `base256emoji`: one character (code point) a byte, from a table of 256 that is
/// loaded on first use.
record EmojiCodec() implements TextCodec {
    /// The table, in the order of the byte values.
    private static final class Table {
        static final int[] CHARACTERS = load();
        static final Map<Integer, Byte> VALUES = values();

        private static int[] load() {
            int[] characters =
                    PackedTable.lines("base256emoji.txt").stream()
                            .flatMapToInt(String::codePoints)
                            .toArray();
            if (characters.length != 256)
                throw new IllegalStateException("base256emoji of " + characters.length);
            return characters;
        }

        private static Map<Integer, Byte> values() {
            Map<Integer, Byte> values = HashMap.newHashMap(256);
            for (int i = 0; i < CHARACTERS.length; i++) values.put(CHARACTERS[i], (byte) i);
            return values;
        }
    }

    @Override
    public String encode(String prefix, byte[] bytes) {
        var out = new StringBuilder(prefix.length() + 2 * bytes.length).append(prefix);
        for (byte b : bytes) out.appendCodePoint(Table.CHARACTERS[b & 0xff]);
        return out.toString();
    }

    @Override
    public byte[] decode(String text, int from, Multibase base) throws MalformedException {
        byte[] out = new byte[text.codePointCount(from, text.length())];
        int at = 0;
        for (int i = from; i < text.length(); ) {
            int character = text.codePointAt(i);
            Byte value = Table.VALUES.get(character);
            if (value == null) throw TextCodec.unexpected(text, i, base);
            out[at++] = value;
            i += Character.charCount(character);
        }
        return out;
    }
}
