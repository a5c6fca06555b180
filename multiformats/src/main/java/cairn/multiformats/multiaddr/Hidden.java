package cairn.multiformats.multiaddr;

import cairn.multiformats.MalformedException;
import cairn.multiformats.Multibase;
import java.util.Arrays;

/// Addresses of hidden services: Tor's (`/onion/NAME:PORT`, base32 of 10 or 35 bytes) and I2P's
/// (`/garlic64`, base64 with `-` and `~` of at least 386 bytes; `/garlic32`, base32 of 32 bytes, or
/// of 35 and more).
final class Hidden {
    static final Hidden ONION = new Hidden(10);
    static final Hidden ONION3 = new Hidden(35);

    private static final int LEAST_GARLIC64_BYTES = 386;

    private final int nameBytes;

    private Hidden(int nameBytes) {
        this.nameBytes = nameBytes;
    }

    byte[] parse(String text) throws MalformedException {
        int colon = text.indexOf(':');
        if (colon < 0) throw new MalformedException("no port behind a colon");
        byte[] name = Multibase.BASE32.decodeBare(text.substring(0, colon));
        if (name.length != nameBytes)
            throw new MalformedException("a name of " + name.length + " bytes, not " + nameBytes);
        byte[] port = ValueForm.PORT.parse(text.substring(colon + 1));
        byte[] value = Arrays.copyOf(name, nameBytes + port.length);
        System.arraycopy(port, 0, value, nameBytes, port.length);
        checkPort(value);
        return value;
    }

    String print(byte[] value) {
        byte[] port = Arrays.copyOfRange(value, nameBytes, value.length);
        return Multibase.BASE32.encodeBare(Arrays.copyOf(value, nameBytes))
                + ":"
                + ValueForm.PORT.print(port);
    }

    static void checkPort(byte[] value) throws MalformedException {
        if (value[value.length - 1] == 0 && value[value.length - 2] == 0)
            throw new MalformedException("multiaddr: port 0 of a hidden service");
    }

    static byte[] parseGarlic64(String text) throws MalformedException {
        if (text.indexOf('+') >= 0) throw new MalformedException("a + in a garlic64");
        byte[] value = Multibase.BASE64_PAD.decodeBare(text.replace('-', '+').replace('~', '/'));
        checkGarlic64(value);
        return value;
    }

    static void checkGarlic64(byte[] value) throws MalformedException {
        if (value.length < LEAST_GARLIC64_BYTES)
            throw new MalformedException("multiaddr: a garlic64 of " + value.length + " bytes");
    }

    static String printGarlic64(byte[] value) {
        return Multibase.BASE64_PAD.encodeBare(value).replace('+', '-').replace('/', '~');
    }

    static byte[] parseGarlic32(String text) throws MalformedException {
        if (text.chars().anyMatch(c -> c >= 'A' && c <= 'Z'))
            throw new MalformedException("a garlic32 in upper case");
        byte[] value = Multibase.BASE32.decodeBare(text);
        checkGarlic32(value);
        return value;
    }

    static void checkGarlic32(byte[] value) throws MalformedException {
        if (value.length != 32 && value.length < 35)
            throw new MalformedException("multiaddr: a garlic32 of " + value.length + " bytes");
    }

    static String printGarlic32(byte[] value) {
        return Multibase.BASE32.encodeBare(value);
    }
}
