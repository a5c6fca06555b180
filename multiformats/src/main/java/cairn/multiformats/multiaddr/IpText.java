package cairn.multiformats.multiaddr;

import cairn.multiformats.MalformedException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// IP addresses as text: read strictly, without looking a name up; IPv6 printed as RFC 5952 says,
/// IPv4-mapped ones ending in dotted decimals.
final class IpText {
    private static final Pattern FOUR = Pattern.compile(four());

    private IpText() {}

    private static String four() {
        String part = "(0|[1-9][0-9]{0,2})";
        return String.join("\\.", part, part, part, part);
    }

    /// Four decimal numbers without leading zeros: the shorter forms that some systems take
    /// (`127.1`) and octal ones would mean different hosts to different readers.
    static byte[] parse4(String text) throws MalformedException {
        Matcher parts = FOUR.matcher(text);
        if (!parts.matches()) throw new MalformedException("no IPv4 address: " + text);
        byte[] address = new byte[4];
        for (int i = 0; i < 4; i++) {
            int part = Integer.parseInt(parts.group(i + 1));
            if (part > 0xff) throw new MalformedException("no IPv4 address: " + text);
            address[i] = (byte) part;
        }
        return address;
    }

    static byte[] parse6(String text) throws MalformedException {
        // An address with a zone is no value of /ip6: the zone stands in /ip6zone.
        if (text.indexOf('%') >= 0 || text.indexOf('[') >= 0)
            throw new MalformedException("no IPv6 address: " + text);
        int dot = text.indexOf('.');
        if (dot >= 0) parse4(text.substring(text.lastIndexOf(':') + 1));
        try {
            InetAddress address = Inet6Address.ofLiteral(text);
            return address instanceof Inet4Address mapped
                    ? mapped4(mapped.getAddress())
                    : address.getAddress();
        } catch (IllegalArgumentException e) {
            throw new MalformedException("no IPv6 address: " + text);
        }
    }

    private static byte[] mapped4(byte[] four) {
        byte[] sixteen = new byte[16];
        sixteen[10] = (byte) 0xff;
        sixteen[11] = (byte) 0xff;
        System.arraycopy(four, 0, sixteen, 12, 4);
        return sixteen;
    }

    static String print4(byte[] address) {
        try {
            return InetAddress.getByAddress(address).getHostAddress();
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of four bytes", e);
        }
    }

    static String print6(byte[] address) {
        int[] groups = new int[8];
        ByteBuffer in = ByteBuffer.wrap(address);
        for (int i = 0; i < 8; i++) groups[i] = Short.toUnsignedInt(in.getShort());
        int[] zeros = longestZeros(groups);
        if (zeros[0] == 0 && zeros[1] == 5 && groups[5] == 0xffff)
            return "::ffff:" + print4(Arrays.copyOfRange(address, 12, 16));
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            if (zeros[1] > 1 && i == zeros[0]) {
                text.append("::");
                i += zeros[1] - 1;
                continue;
            }
            if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') text.append(':');
            text.append(Integer.toHexString(groups[i]));
        }
        return text.toString();
    }

    /// Where the longest run of zero groups begins, and its length.
    private static int[] longestZeros(int[] groups) {
        int[] longest = {0, 0};
        int length = 0;
        for (int i = 0; i < groups.length; i++) {
            length = groups[i] == 0 ? length + 1 : 0;
            if (length > longest[1]) longest = new int[] {i - length + 1, length};
        }
        return longest;
    }
}
