package cairn.multiformats;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A codec whose every character holds the next few bits, most significant first; the last
/// character is filled up with zero bits. Source: RFC 4648.
///
/// @param bits that a character holds
/// @param group characters that the text is padded to a multiple of with `=`; 1 for no padding
record BitCodec(Alphabet alphabet, int bits, int group) implements TextCodec {
    /// Without padding.
    static BitCodec of(Alphabet alphabet) {
        return new BitCodec(alphabet, Integer.numberOfTrailingZeros(alphabet.size()), 1);
    }

    /// With `=` up to whole groups: 8 characters of base32, 4 of base64.
    static BitCodec padded(Alphabet alphabet) {
        int bits = Integer.numberOfTrailingZeros(alphabet.size());
        return new BitCodec(alphabet, bits, bits == 5 ? 8 : 4);
    }

    @Override
    public String encode(String prefix, byte[] bytes) {
        int characters = Math.ceilDiv(Math.multiplyExact(bytes.length, 8), bits);
        int padded = Math.ceilDiv(characters, group) * group;
        byte[] out = new byte[prefix.length() + padded];
        int at = 0;
        while (at < prefix.length()) out[at] = (byte) prefix.charAt(at++);
        int mask = (1 << bits) - 1;
        int window = 0;
        int held = 0;
        for (byte b : bytes) {
            window = (window << 8) | (b & 0xff);
            held += 8;
            while (held >= bits) {
                held -= bits;
                out[at++] = alphabet.character((window >>> held) & mask);
            }
        }
        if (held > 0) out[at++] = alphabet.character((window << (bits - held)) & mask);
        Arrays.fill(out, at, out.length, (byte) '=');
        return new String(out, StandardCharsets.ISO_8859_1);
    }

    @Override
    public byte[] decode(String text, int from, Multibase base) throws MalformedException {
        int end = group == 1 ? text.length() : unpadded(text, from, base);
        long total = (long) (end - from) * bits;
        byte[] out = new byte[(int) (total / 8)];
        int at = 0;
        int window = 0;
        int held = 0;
        for (int i = from; i < end; i++) {
            int value = alphabet.value(text.charAt(i));
            if (value < 0) throw TextCodec.unexpected(text, i, base);
            window = (window << bits) | value;
            held += bits;
            if (held >= 8) {
                held -= 8;
                out[at++] = (byte) (window >>> held);
            }
        }
        if (held >= bits)
            throw new MalformedException(
                    base + " text of " + text.length() + " characters is cut short or too long");
        if ((window & ((1 << held) - 1)) != 0)
            throw new MalformedException(
                    "the last character '"
                            + text.charAt(end - 1)
                            + "', at position "
                            + end
                            + ", has bits past the end of the bytes");
        return out;
    }

    private int unpadded(String text, int from, Multibase base) throws MalformedException {
        int end = text.length();
        while (end > from && text.length() - end < group && text.charAt(end - 1) == '=') end--;
        int characters = end - from;
        if (Math.ceilDiv(characters, group) * group != text.length() - from)
            throw new MalformedException(
                    base
                            + " is padded with '=' to a multiple of "
                            + group
                            + " characters; found "
                            + characters
                            + " and "
                            + (text.length() - end)
                            + " '='");
        return end;
    }
}
