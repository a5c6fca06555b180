package cairn.multiformats;

import java.util.Optional;

/// A multibase is a way to write bytes as text that names itself by its first character. These are
/// the bases that Kubo lists and those of the official vectors. Source: multiformats/multibase.
///
/// Reading is strict: no white space, no bits or padding that writing would not give; upper and
/// lower case may be mixed in base16, base32 and base36 (not base32z).
public enum Multibase {
    /// One character a byte, U+0000 to U+00FF, behind U+0000.
    IDENTITY(0, "identity", new Latin1Codec()),
    BASE2('0', "base2", BitCodec.of(Alphabet.exact("01"))),
    BASE8('7', "base8", BitCodec.of(Alphabet.exact("01234567"))),
    BASE10('9', "base10", new RadixCodec(Alphabet.exact("0123456789"))),
    BASE16('f', "base16", BitCodec.of(Alphabet.anyCase("0123456789abcdef"))),
    BASE16_UPPER('F', "base16upper", BitCodec.of(Alphabet.anyCase("0123456789ABCDEF"))),
    BASE32('b', "base32", BitCodec.of(Digits.base32())),
    BASE32_UPPER('B', "base32upper", BitCodec.of(Digits.base32Upper())),
    BASE32_PAD('c', "base32pad", BitCodec.padded(Digits.base32())),
    BASE32_PAD_UPPER('C', "base32padupper", BitCodec.padded(Digits.base32Upper())),
    BASE32_HEX('v', "base32hex", BitCodec.of(Digits.base32Hex())),
    BASE32_HEX_UPPER('V', "base32hexupper", BitCodec.of(Digits.base32HexUpper())),
    BASE32_HEX_PAD('t', "base32hexpad", BitCodec.padded(Digits.base32Hex())),
    BASE32_HEX_PAD_UPPER('T', "base32hexpadupper", BitCodec.padded(Digits.base32HexUpper())),
    BASE32_Z('h', "base32z", BitCodec.of(Alphabet.exact("ybndrfg8ejkmcpqxot1uwisza345h769"))),
    BASE36('k', "base36", new RadixCodec(Alphabet.anyCase("0123456789abcdefghijklmnopqrstuvwxyz"))),
    BASE36_UPPER(
            'K',
            "base36upper",
            new RadixCodec(Alphabet.anyCase("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"))),
    BASE58_BTC(
            'z',
            "base58btc",
            new RadixCodec(
                    Alphabet.exact("123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"))),
    BASE58_FLICKR(
            'Z',
            "base58flickr",
            new RadixCodec(
                    Alphabet.exact("123456789abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ"))),
    BASE64('m', "base64", BitCodec.of(Digits.base64())),
    BASE64_PAD('M', "base64pad", BitCodec.padded(Digits.base64())),
    BASE64_URL('u', "base64url", BitCodec.of(Digits.base64Url())),
    BASE64_URL_PAD('U', "base64urlpad", BitCodec.padded(Digits.base64Url())),
    BASE256_EMOJI(0x1F680, "base256emoji", new EmojiCodec());

    /// The most bytes that base10, base36 and base58 take: the work for them grows with the square
    /// of the length, to about a tenth of a second here. What they are for (CIDs, keys) is far
    /// shorter.
    public static final int MAX_RADIX_BYTES = 1 << 14;

    private static final Multibase[] ALL = values();

    private final String prefix;
    private final String label;

    /// Codecs are immutable; the annotation that would say so is not of the JDK.
    @SuppressWarnings("ImmutableEnumChecker")
    private final TextCodec codec;

    Multibase(int prefix, String label, TextCodec codec) {
        this.prefix = Character.toString(prefix);
        this.label = label;
        this.codec = codec;
    }

    /// The base that a text names by its first character.
    ///
    /// @throws MalformedException when the text is empty or its first character names no base
    public static Multibase of(String text) throws MalformedException {
        if (text.isEmpty()) throw new MalformedException("an empty text names no base");
        int first = text.codePointAt(0);
        for (Multibase base : ALL) if (base.prefix() == first) return base;
        throw new MalformedException(
                "character " + TextCodec.quoted(first) + " at position 1 names no base");
    }

    /// The base with a name, such as `base32`.
    public static Optional<Multibase> named(String label) {
        for (Multibase base : ALL) if (base.label.equals(label)) return Optional.of(base);
        return Optional.empty();
    }

    /// Decodes a text by the base that it names.
    ///
    /// @throws MalformedException that says which character, and at which position (1-based, in
    ///   code points, prefix included)
    public static byte[] decode(String text) throws MalformedException {
        Multibase base = of(text);
        return base.codec.decode(text, base.prefix.length(), base);
    }

    /// The text of some bytes, prefix included.
    ///
    /// @throws IllegalArgumentException in base10, base36 and base58 for more than
    ///   [#MAX_RADIX_BYTES]
    public String encode(byte[] bytes) {
        return codec.encode(prefix, bytes);
    }

    /// The character (code point) that names the base.
    public int prefix() {
        return prefix.codePointAt(0);
    }

    /// The base's name in the registry, such as `base32`.
    public String label() {
        return label;
    }

    /// The text of some bytes without the prefix, as CIDv0 and peer ids have it.
    public String encodeBare(byte[] bytes) {
        return codec.encode("", bytes);
    }

    /// Decodes a text that has no prefix.
    public byte[] decodeBare(String text) throws MalformedException {
        return codec.decode(text, 0, this);
    }

    /// Decodes what stands in a text from an index on.
    byte[] decodeFrom(String text, int from) throws MalformedException {
        return codec.decode(text, from, this);
    }

    /// Whether every character depends on all bytes, see [#MAX_RADIX_BYTES].
    boolean isRadix() {
        return codec instanceof RadixCodec;
    }

    /// What helps someone who typed a character that the base lacks; often nothing.
    String hint(int character) {
        boolean lookalike = "0OIl".indexOf(character) >= 0;
        return switch (this) {
            case BASE58_BTC, BASE58_FLICKR -> lookalike ? " (it has no 0, O, I and l)" : "";
            case BASE32, BASE32_UPPER, BASE32_PAD, BASE32_PAD_UPPER ->
                    "0189".indexOf(character) >= 0 ? " (it has no 0, 1, 8 and 9)" : "";
            default -> "";
        };
    }

    @Override
    public String toString() {
        return label;
    }

    /// Alphabets that several bases share. All are constants: joining strings at run time would
    /// cost more at start-up than all else here.
    private static final class Digits {
        private static final String LOWER = "abcdefghijklmnopqrstuvwxyz";
        private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

        static Alphabet base32() {
            return Alphabet.anyCase(LOWER + "234567");
        }

        static Alphabet base32Upper() {
            return Alphabet.anyCase(UPPER + "234567");
        }

        static Alphabet base32Hex() {
            return Alphabet.anyCase("0123456789abcdefghijklmnopqrstuv");
        }

        static Alphabet base32HexUpper() {
            return Alphabet.anyCase("0123456789ABCDEFGHIJKLMNOPQRSTUV");
        }

        static Alphabet base64() {
            return Alphabet.exact(UPPER + LOWER + "0123456789+/");
        }

        static Alphabet base64Url() {
            return Alphabet.exact(UPPER + LOWER + "0123456789-_");
        }
    }
}
