package cairn.libp2p.mdns;

import java.io.Closeable;
import java.io.IOException;
import java.math.BigInteger;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/// A link is one interface in one family of addresses: it sends to the group there, and takes what
/// comes from the same network alone. Source: RFC 6762, 3 and 11.
///
/// `lastAnswer` is guarded by `this`; the rest doesn't change.
final class MdnsLink implements Closeable {
    /// Datagrams that are read at once and a second after that; more are dropped unread.
    private static final int BURST = 200;

    private static final int PER_SECOND = 50;

    /// An answer is not repeated within so long. Source: RFC 6762, 6.
    private static final long ANSWER_PAUSE_NANOS = 1_000_000_000;

    private final NetworkInterface network;
    private final List<InterfaceAddress> addresses;
    private final InetSocketAddress group;
    private final DatagramChannel channel;
    private final LongSupplier nanoTime;
    private final TokenBucket rate;
    private Optional<Long> lastAnswer = Optional.empty();

    private MdnsLink(
            NetworkInterface network,
            List<InterfaceAddress> addresses,
            InetSocketAddress group,
            DatagramChannel channel,
            LongSupplier nanoTime) {
        this.network = network;
        this.addresses = List.copyOf(addresses);
        this.group = group;
        this.channel = channel;
        this.nanoTime = nanoTime;
        this.rate = new TokenBucket(BURST, PER_SECOND, nanoTime);
    }

    /// The addresses that an interface has in the family of a group.
    static List<InterfaceAddress> addresses(NetworkInterface network, InetAddress group) {
        return network.getInterfaceAddresses().stream()
                .filter(
                        one ->
                                one.getAddress() instanceof Inet4Address
                                        == group instanceof Inet4Address)
                .toList();
    }

    /// Joins a group on an interface that has addresses of its family.
    static MdnsLink join(NetworkInterface network, InetSocketAddress group, LongSupplier nanoTime)
            throws IOException {
        boolean four = group.getAddress() instanceof Inet4Address;
        ProtocolFamily family = four ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6;
        DatagramChannel channel = DatagramChannel.open(family);
        try {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            if (channel.supportedOptions().contains(StandardSocketOptions.SO_REUSEPORT))
                channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            channel.setOption(StandardSocketOptions.IP_MULTICAST_IF, network);
            channel.setOption(StandardSocketOptions.IP_MULTICAST_TTL, 255);
            // Other nodes on this host are to hear it.
            channel.setOption(StandardSocketOptions.IP_MULTICAST_LOOP, true);
            channel.bind(
                    new InetSocketAddress(
                            InetAddress.ofLiteral(four ? "0.0.0.0" : "::"), group.getPort()));
            channel.join(group.getAddress(), network);
            return new MdnsLink(
                    network, addresses(network, group.getAddress()), group, channel, nanoTime);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    NetworkInterface network() {
        return network;
    }

    /// The address of the interface that answers name: not a link-local one if there is another.
    InetAddress host() {
        return addresses.stream()
                .map(InterfaceAddress::getAddress)
                .filter(address -> !address.isLinkLocalAddress())
                .findFirst()
                .orElse(addresses.getFirst().getAddress());
    }

    void send(byte[] message) throws IOException {
        channel.send(ByteBuffer.wrap(message), group);
    }

    /// Sends an answer, unless one went out just now.
    void answer(byte[] message) throws IOException {
        synchronized (this) {
            long now = nanoTime.getAsLong();
            if (lastAnswer.isPresent() && now - lastAnswer.get() < ANSWER_PAUSE_NANOS) return;
            lastAnswer = Optional.of(now);
        }
        send(message);
    }

    /// Waits for the next datagram from this link's own network.
    ///
    /// @return empty when the link is closed
    Optional<byte[]> receive() throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(MdnsMessage.MAX_BYTES + 1);
        try {
            while (true) {
                buffer.clear();
                var source = (InetSocketAddress) channel.receive(buffer);
                if (source == null || !isNeighbour(source.getAddress()) || !rate.take()) continue;
                return Optional.of(Arrays.copyOf(buffer.array(), buffer.position()));
            }
        } catch (ClosedChannelException e) {
            return Optional.empty();
        }
    }

    /// Whether a host is in a network of this interface.
    boolean isNeighbour(InetAddress host) {
        if (host.isLinkLocalAddress()) return true;
        byte[] bytes = host.getAddress();
        for (InterfaceAddress own : addresses) {
            byte[] mine = own.getAddress().getAddress();
            int rest = mine.length * Byte.SIZE - own.getNetworkPrefixLength();
            if (mine.length == bytes.length
                    && rest >= 0
                    && new BigInteger(mine).xor(new BigInteger(bytes)).shiftRight(rest).signum()
                            == 0) return true;
        }
        return false;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
