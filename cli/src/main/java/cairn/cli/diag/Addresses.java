package cairn.cli.diag;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.ByteBuffer;
import java.util.List;

/// IP addresses as multiaddrs, such as `/ip4/127.0.0.1`.
final class Addresses {
    private Addresses() {}

    /// Those of this machine's interfaces that are up.
    static List<String> ofThisMachine() throws IOException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .map(Addresses::multiaddr)
                .sorted()
                .toList();
    }

    static String multiaddr(InetAddress address) {
        return address instanceof Inet6Address
                ? "/ip6/" + ip6(address.getAddress())
                : "/ip4/" + address.getHostAddress();
    }

    /// The shortest text: the first of the longest runs of zeros, of two at least, is left out.
    /// Source: RFC 5952, section 4.
    private static String ip6(byte[] bytes) {
        ByteBuffer groups = ByteBuffer.wrap(bytes);
        int from = 0;
        int length = 1;
        for (int i = 0; i < 8; i++) {
            int end = i;
            while (end < 8 && groups.getShort(2 * end) == 0) end++;
            if (end - i > length) {
                from = i;
                length = end - i;
            }
        }
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            if (length > 1 && i == from) {
                out.append("::");
                i += length - 1;
                continue;
            }
            if (!out.isEmpty() && out.charAt(out.length() - 1) != ':') out.append(':');
            out.append(Integer.toHexString(groups.getShort(2 * i) & 0xffff));
        }
        return out.toString();
    }
}
