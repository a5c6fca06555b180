package cairn.rpc.server;

import java.net.InetAddress;
import java.util.Optional;

/// A network of IP addresses: those that begin with some bits, such as `10.0.0.0/8`.
///
/// @param address of it
/// @param bits how many of an address tell the network
public record IpNetwork(InetAddress address, int bits) {
    /// Reads one; a single address stands for itself. Empty when the text is none.
    static Optional<IpNetwork> parse(String text) {
        int slash = text.indexOf('/');
        try {
            InetAddress address =
                    InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
            int all = address.getAddress().length * Byte.SIZE;
            int bits = slash < 0 ? all : Integer.parseInt(text.substring(slash + 1));
            return bits < 0 || bits > all
                    ? Optional.empty()
                    : Optional.of(new IpNetwork(address, bits));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// Whether an address is in it.
    boolean has(InetAddress other) {
        byte[] ours = address.getAddress();
        byte[] theirs = other.getAddress();
        if (ours.length != theirs.length) return false;
        for (int bit = 0; bit < bits; bit++)
            if (((ours[bit / Byte.SIZE] ^ theirs[bit / Byte.SIZE]) & 0x80 >> bit % Byte.SIZE) != 0)
                return false;
        return true;
    }
}
