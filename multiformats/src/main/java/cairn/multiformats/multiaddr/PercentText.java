package cairn.multiformats.multiaddr;

import cairn.multiformats.MalformedException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// Percent-encoding of a URL's path, in which slashes are encoded too. Source: RFC 3986, 2.1.
final class PercentText {
    private static final String UNRESERVED =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private PercentText() {}

    static byte[] decode(String text) throws MalformedException {
        var out = new ByteArrayOutputStream();
        byte[] in = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < in.length; i++) {
            if (in[i] != '%') {
                out.write(in[i]);
                continue;
            }
            int high = i + 1 < in.length ? Character.digit(in[i + 1], 16) : -1;
            int low = i + 2 < in.length ? Character.digit(in[i + 2], 16) : -1;
            if (high < 0 || low < 0)
                throw new MalformedException("a % without two hexadecimal digits behind it");
            out.write(high << 4 | low);
            i += 2;
        }
        if (out.size() == 0) throw new MalformedException("an empty HTTP path");
        return out.toByteArray();
    }

    static String encode(byte[] value) {
        StringBuilder text = new StringBuilder();
        for (byte b : value) {
            if (b > 0 && UNRESERVED.indexOf(b) >= 0) text.append((char) b);
            else text.append('%').append(HEX.toHexDigits(b));
        }
        return text.toString();
    }
}
