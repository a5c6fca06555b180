package cairn.multiformats.multiaddr;

import cairn.multiformats.MalformedException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/// IP addresses as text: read strictly, without looking a name up; IPv6 printed as RFC 5952 says.
final class IpText {
    private IpText() {}

    static byte[] parse4(String text) throws MalformedException {
        try {
            return Inet4Address.ofLiteral(text).getAddress();
        } catch (IllegalArgumentException e) {
            throw new MalformedException("no IPv4 address: " + text);
        }
    }

    static byte[] parse6(String text) throws MalformedException {
        // An address with a zone is no value of /ip6: the zone stands in /ip6zone.
        if (text.indexOf('%') >= 0 || text.indexOf('[') >= 0)
            throw new MalformedException("no IPv6 address: " + text);
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
