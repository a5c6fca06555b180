package cairn.libp2p.tcp;

import java.io.IOException;
import java.net.BindException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The ports that are listened on, which dials share, so that others see a connection come from
/// where this host can be reached.
///
/// A port is bound alone, so that one that another process holds is found out, and shared
/// (`SO_REUSEPORT`) from then on. The one exception: a port that is listened on here by the other
/// IP family is shared from the start, as `/ip6/::` would take it for both. The kernel hands IPv4
/// connections to the IPv4 socket where there are both.
final class SharedPorts {
    /// Connections that the kernel completes before they are accepted.
    private static final int BACKLOG = 1024;

    private final Set<InetSocketAddress> listening = ConcurrentHashMap.newKeySet();

    static ProtocolFamily family(InetAddress address) {
        return address instanceof Inet4Address
                ? StandardProtocolFamily.INET
                : StandardProtocolFamily.INET6;
    }

    /// Listens at an address; [#released] takes it back once the channel is closed.
    ///
    /// @throws BindException when another process listens there
    ServerSocketChannel listen(InetSocketAddress address) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open(family(address.getAddress()));
        boolean done = false;
        try {
            if (heldByOtherFamily(address))
                channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            channel.bind(address, BACKLOG);
            channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            listening.add((InetSocketAddress) channel.getLocalAddress());
            done = true;
            return channel;
        } finally {
            if (!done) channel.close();
        }
    }

    private boolean heldByOtherFamily(InetSocketAddress address) {
        for (InetSocketAddress held : listening)
            if (held.getPort() == address.getPort()
                    && !family(held.getAddress()).equals(family(address.getAddress()))) return true;
        return false;
    }

    /// Says that an address is listened on no more.
    void released(InetSocketAddress address) {
        listening.remove(address);
    }

    /// Where to dial a target from: a listening address of its family that can reach it. A loopback
    /// address reaches loopback only, a link-local one its link, a wildcard everything; the
    /// wildcard comes last, as the other ports tell more.
    Optional<InetSocketAddress> sourceFor(InetSocketAddress target) {
        InetSocketAddress wildcard = null;
        for (InetSocketAddress source : listening) {
            if (!family(source.getAddress()).equals(family(target.getAddress()))) continue;
            if (source.getAddress().isAnyLocalAddress()) wildcard = source;
            else if (sameScope(source.getAddress(), target.getAddress()))
                return Optional.of(source);
        }
        return Optional.ofNullable(wildcard);
    }

    private static boolean sameScope(InetAddress a, InetAddress b) {
        return a.isLoopbackAddress() == b.isLoopbackAddress()
                && a.isLinkLocalAddress() == b.isLinkLocalAddress();
    }

    /// Binds a channel that will be connected to such a listening port.
    static void share(SocketChannel channel, InetSocketAddress source) throws IOException {
        channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
        channel.bind(source);
    }
}
