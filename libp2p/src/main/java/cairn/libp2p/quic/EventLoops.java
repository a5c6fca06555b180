package cairn.libp2p.quic;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.netty.handler.codec.quic.EpollQuicUtils;
import io.netty.handler.codec.quic.Quic;
import io.netty.handler.codec.quic.SegmentedDatagramPacketAllocator;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// The threads that move packets, and the sockets they have: epoll's where the system has it, with
/// many packets a system call; NIO's elsewhere. Making one loads the native libraries, which takes
/// a good part of a second.
final class EventLoops {
    /// A socket has one thread; there are few sockets.
    private static final int THREADS = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 4);

    private static final Duration QUIET = Duration.ofMillis(0);
    private static final Duration AT_MOST = Duration.ofSeconds(2);

    /// Rounds of reading before acknowledgements go out and other work gets its turn.
    private static final int READS_A_BATCH = 4 * Sizes.PACKETS_A_READ;

    /// So much may wait for a full socket before writing is held back.
    private static final WriteBufferWaterMark PENDING = new WriteBufferWaterMark(1 << 20, 4 << 20);

    /// Linux's numbers, from `linux/in.h` and `linux/in6.h`: only of this family; and packets are
    /// never cut up on the way, while their size is found by trying.
    private static final IntegerUnixChannelOption IPV6_ONLY =
            new IntegerUnixChannelOption("IPV6_V6ONLY", 41, 26);

    private static final IntegerUnixChannelOption DONT_FRAGMENT_4 =
            new IntegerUnixChannelOption("IP_MTU_DISCOVER", 0, 10);
    private static final IntegerUnixChannelOption DONT_FRAGMENT_6 =
            new IntegerUnixChannelOption("IPV6_MTU_DISCOVER", 41, 23);
    private static final int PROBE = 3;

    private final EventLoopGroup group;
    private final boolean epoll;

    EventLoops() throws IOException {
        if (!Quic.isAvailable())
            throw new IOException(
                    "QUIC is not available on this system", Quic.unavailabilityCause());
        epoll = Epoll.isAvailable();
        group =
                new MultiThreadIoEventLoopGroup(
                        THREADS,
                        new DefaultThreadFactory("quic", true),
                        epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    }

    /// A bootstrap for a socket of an address' family.
    Bootstrap socket(InetSocketAddress address) {
        boolean six = address.getAddress() instanceof Inet6Address;
        SocketProtocolFamily family = six ? SocketProtocolFamily.INET6 : SocketProtocolFamily.INET;
        Bootstrap bootstrap =
                new Bootstrap()
                        .group(group)
                        .option(ChannelOption.SO_RCVBUF, Sizes.SOCKET_BUFFER)
                        .option(ChannelOption.SO_SNDBUF, Sizes.SOCKET_BUFFER)
                        .option(ChannelOption.WRITE_BUFFER_WATER_MARK, PENDING);
        if (!epoll)
            return bootstrap
                    .channelFactory(() -> new NioDatagramChannel(family))
                    .option(
                            ChannelOption.RECVBUF_ALLOCATOR,
                            new FixedRecvByteBufAllocator(Sizes.MAX_RECEIVED_PACKET)
                                    .maxMessagesPerRead(READS_A_BATCH));
        if (six) bootstrap.option(IPV6_ONLY, 1);
        return bootstrap
                .channelFactory(() -> new EpollDatagramChannel(family))
                .option(six ? DONT_FRAGMENT_6 : DONT_FRAGMENT_4, PROBE)
                .option(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, Sizes.MAX_RECEIVED_PACKET)
                .option(
                        ChannelOption.RECVBUF_ALLOCATOR,
                        new FixedRecvByteBufAllocator(
                                        Sizes.PACKETS_A_READ * Sizes.MAX_RECEIVED_PACKET)
                                .maxMessagesPerRead(READS_A_BATCH));
    }

    /// How packets are given to the kernel: many of a size at once, where it can take them apart.
    SegmentedDatagramPacketAllocator segments() {
        return epoll
                ? EpollQuicUtils.newSegmentedAllocator(Sizes.PACKETS_A_SEGMENTED_SEND)
                : SegmentedDatagramPacketAllocator.NONE;
    }

    /// Ends the threads, and with them all that is open.
    void close() {
        group.shutdownGracefully(QUIET.toMillis(), AT_MOST.toMillis(), TimeUnit.MILLISECONDS)
                .awaitUninterruptibly(AT_MOST.toMillis());
    }
}
