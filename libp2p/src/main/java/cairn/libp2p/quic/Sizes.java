package cairn.libp2p.quic;

import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;

/// How large buffers and windows are.
final class Sizes {
    /// What a stream's sender may have under way: 128 MiB/s at a round trip of 80 ms. go-libp2p's.
    static final long STREAM_WINDOW = 10L << 20;

    /// What all senders of a connection may have under way together. go-libp2p's.
    static final long CONNECTION_WINDOW = 15L << 20;

    /// Buffers of the kernel for a socket: its limit on most systems, and enough for a burst that
    /// comes while the event loop is busy.
    static final int SOCKET_BUFFER = 4 << 20;

    /// The largest packet that is sent: what fits into Ethernet's 1,500 bytes over IPv6.
    static final int MAX_PACKET = 1452;

    /// The largest packet that is taken in.
    static final int MAX_RECEIVED_PACKET = 2048;

    /// Packets that one system call takes in.
    static final int PACKETS_A_READ = 64;

    /// Equal packets that one system call gives to the kernel as one: 64 KiB is its limit.
    static final int PACKETS_A_SEGMENTED_SEND = 44;

    private static final int LEAST_READ = 2 << 10;
    private static final int MOST_READ = 256 << 10;

    private Sizes() {}

    /// Buffers for what is read from a stream: as large as what came last.
    static RecvByteBufAllocator streamReads() {
        return new AdaptiveRecvByteBufAllocator(LEAST_READ, LEAST_READ, MOST_READ);
    }
}
