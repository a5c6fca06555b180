package cairn.multiformats;

import java.nio.charset.StandardCharsets;

/// The codec of the base `identity`: one character a byte, U+0000 to U+00FF.
record Latin1Codec() implements TextCodec {
    @Override
    public String encode(String prefix, byte[] bytes) {
        return prefix.concat(new String(bytes, StandardCharsets.ISO_8859_1));
    }

    @Override
    public byte[] decode(String text, int from, Multibase base) throws MalformedException {
        byte[] out = new byte[text.length() - from];
        for (int i = 0; i < out.length; i++) {
            char character = text.charAt(from + i);
            if (character > 0xff) throw TextCodec.unexpected(text, from + i, base);
            out[i] = (byte) character;
        }
        return out;
    }
}
