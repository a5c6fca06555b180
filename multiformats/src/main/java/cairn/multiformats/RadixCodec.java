package cairn.multiformats;

import java.nio.charset.StandardCharsets;

/// A codec that writes the bytes as one big number in a base that is no power of two; each leading
/// zero byte is one leading zero digit.
///
/// The work grows with the square of the length, hence [Multibase#MAX_RADIX_BYTES]. Digits are
/// handled in groups of as many as fit 31 bits, and bytes in words of 32.
final class RadixCodec implements TextCodec {
    /// The longest text behind the prefix in any such base: that of base10, 2.41 digits a byte.
    static final int MAX_CHARACTERS = 3 * Multibase.MAX_RADIX_BYTES;

    private static final long WORD = 0xffff_ffffL;

    private final Alphabet alphabet;
    private final int radix;
    private final int groupDigits;
    private final int groupRadix;
    private final double digitsPerByte;

    RadixCodec(Alphabet alphabet) {
        this.alphabet = alphabet;
        this.radix = alphabet.size();
        int digits = 0;
        int power = 1;
        while ((long) power * radix <= Integer.MAX_VALUE) {
            power *= radix;
            digits++;
        }
        this.groupDigits = digits;
        this.groupRadix = power;
        this.digitsPerByte = Math.log(256) / Math.log(radix);
    }

    @Override
    public String encode(String prefix, byte[] bytes) {
        if (bytes.length > Multibase.MAX_RADIX_BYTES)
            throw new IllegalArgumentException(
                    bytes.length
                            + " bytes in base "
                            + radix
                            + "; at most "
                            + Multibase.MAX_RADIX_BYTES);
        int zeros = 0;
        while (zeros < bytes.length && bytes[zeros] == 0) zeros++;
        int[] words = words(bytes, zeros);
        // Filled from its end; a group more than needed, because the last one may be mostly zeros.
        byte[] out = new byte[zeros + maxDigits(bytes.length - zeros) + groupDigits];
        int at = out.length;
        for (int first = 0; first < words.length; ) {
            int group = divide(words, first);
            while (first < words.length && words[first] == 0) first++;
            for (int i = 0; i < groupDigits; i++) {
                out[--at] = alphabet.character(group % radix);
                group /= radix;
            }
        }
        byte zero = alphabet.character(0);
        while (at < out.length && out[at] == zero) at++;
        for (int i = 0; i < zeros; i++) out[--at] = zero;
        return prefix.concat(new String(out, at, out.length - at, StandardCharsets.ISO_8859_1));
    }

    /// Divides the number by the group's radix, in place, and gives the remainder.
    private int divide(int[] words, int first) {
        long rest = 0;
        for (int i = first; i < words.length; i++) {
            long part = (rest << 32) | (words[i] & WORD);
            words[i] = (int) (part / groupRadix);
            rest = part % groupRadix;
        }
        return (int) rest;
    }

    private static int[] words(byte[] bytes, int from) {
        int length = bytes.length - from;
        int[] words = new int[Math.ceilDiv(length, 4)];
        for (int i = 0; i < length; i++)
            words[words.length - 1 - i / 4] |=
                    (bytes[bytes.length - 1 - i] & 0xff) << (8 * (i % 4));
        return words;
    }

    private int maxDigits(int bytes) {
        return (int) (bytes * digitsPerByte) + 1;
    }

    @Override
    public byte[] decode(String text, int from, Multibase base) throws MalformedException {
        int digits = text.length() - from;
        if (digits > maxDigits(Multibase.MAX_RADIX_BYTES)) throw tooLong(base);
        int zeros = 0;
        while (zeros < digits && alphabet.value(text.charAt(from + zeros)) == 0) zeros++;
        int[] words = new int[(int) ((digits - zeros) / digitsPerByte / 4) + 1];
        int used = words.length;
        for (int i = from + zeros; i < text.length(); ) {
            int end = Math.min(i + groupDigits, text.length());
            int factor = 1;
            int group = 0;
            for (; i < end; i++) {
                int value = alphabet.value(text.charAt(i));
                if (value < 0) throw TextCodec.unexpected(text, i, base);
                factor *= radix;
                group = group * radix + value;
            }
            used = multiplyAdd(words, used, factor, group);
        }
        return bytes(words, zeros, base);
    }

    /// Multiplies the number and adds to it, in place; gives the first word in use.
    private static int multiplyAdd(int[] words, int used, int factor, int summand) {
        long carry = summand;
        int i = words.length - 1;
        for (; i >= used || carry != 0; i--) {
            long part = (words[i] & WORD) * factor + carry;
            words[i] = (int) part;
            carry = part >>> 32;
        }
        return i + 1;
    }

    private static byte[] bytes(int[] words, int zeros, Multibase base) throws MalformedException {
        int length = words.length * 4;
        while (length > 0 && byteAt(words, length - 1) == 0) length--;
        if (zeros + length > Multibase.MAX_RADIX_BYTES) throw tooLong(base);
        byte[] out = new byte[zeros + length];
        for (int i = 0; i < length; i++) out[out.length - 1 - i] = byteAt(words, i);
        return out;
    }

    /// A byte of the number, counted from its end.
    private static byte byteAt(int[] words, int index) {
        return (byte) (words[words.length - 1 - index / 4] >>> (8 * (index % 4)));
    }

    static MalformedException tooLong(Multibase base) {
        return new MalformedException(
                base
                        + " text is longer than that of "
                        + Multibase.MAX_RADIX_BYTES
                        + " bytes, and its work grows with the square of the length");
    }
}
