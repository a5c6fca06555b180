package cairn.libp2p.address;

import cairn.multiformats.MalformedException;
import cairn.multiformats.multiaddr.AddressProtocol;
import cairn.multiformats.multiaddr.Component;
import cairn.multiformats.multiaddr.Multiaddr;
import java.math.BigInteger;
import java.net.InetAddress;
import java.util.List;

/// A range of IP addresses that begin with the same bits. IPv4-mapped IPv6 addresses are the IPv4
/// addresses.
///
/// @param first its lowest address as a number
/// @param addressBits 32 for IPv4, 128 for IPv6
/// @param prefixBits how many bits are the same
record IpRange(BigInteger first, int addressBits, int prefixBits) {
    IpRange {
        if (addressBits != 32 && addressBits != 128)
            throw new IllegalArgumentException("an IP address of " + addressBits + " bits");
        if (prefixBits < 0 || prefixBits > addressBits)
            throw new IllegalArgumentException(
                    "a prefix of " + prefixBits + " bits of " + addressBits);
        first = first.shiftRight(addressBits - prefixBits).shiftLeft(addressBits - prefixBits);
    }

    /// The range of all addresses that share so many first bits with one.
    static IpRange around(InetAddress address, int prefixBits) {
        byte[] bytes = address.getAddress();
        return new IpRange(new BigInteger(1, bytes), Byte.SIZE * bytes.length, prefixBits);
    }

    /// A range in the notation of RFC 4632, such as `10.0.0.0/8`.
    static IpRange of(String text) {
        int slash = text.indexOf('/');
        return around(
                InetAddress.ofLiteral(text.substring(0, slash)),
                Integer.parseInt(text.substring(slash + 1)));
    }

    /// The range that a mask such as `/ip4/10.0.0.0/ipcidr/8` names.
    static IpRange of(Multiaddr mask) throws MalformedException {
        List<Component> parts = mask.components();
        if (parts.size() == 2 && parts.get(1).protocol() == AddressProtocol.IPCIDR) {
            Component ip = parts.get(0);
            boolean six = ip.protocol() == AddressProtocol.IP6;
            int bits = parts.get(1).bytes()[0] & 0xff;
            if ((six || ip.protocol() == AddressProtocol.IP4) && bits <= (six ? 128 : 32))
                return new IpRange(new BigInteger(1, ip.bytes()), six ? 128 : 32, bits);
        }
        throw new MalformedException("no mask such as /ip4/10.0.0.0/ipcidr/8: " + mask);
    }

    boolean contains(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (contains(bytes)) return true;
        // A mask in IPv6 over mapped addresses, such as ::ffff:0:0/96.
        if (bytes.length != 4 || addressBits != 128) return false;
        byte[] mapped = new byte[16];
        mapped[10] = (byte) 0xff;
        mapped[11] = (byte) 0xff;
        System.arraycopy(bytes, 0, mapped, 12, 4);
        return prefixBits >= 96 && contains(mapped);
    }

    private boolean contains(byte[] bytes) {
        return bytes.length * Byte.SIZE == addressBits
                && new BigInteger(1, bytes).xor(first).shiftRight(addressBits - prefixBits).signum()
                        == 0;
    }
}
