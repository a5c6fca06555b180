package cairn.libp2p.muxer;

import cairn.libp2p.wire.Duplex;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/// A duplex over a TCP socket of loopback, with nothing between.
public final class SocketDuplex implements Duplex {
    private final SocketChannel channel;

    private SocketDuplex(SocketChannel channel) {
        this.channel = channel;
    }

    /// The two ends of a connection.
    public record Pair(SocketDuplex dialler, SocketDuplex listener) {}

    /// Connects two ends, with socket buffers of the system's size.
    public static Pair connect() throws IOException {
        return connect(0);
    }

    /// Connects two ends.
    ///
    /// @param buffers the size of the socket buffers; 0 leaves it to the system
    public static Pair connect(int buffers) throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            if (buffers > 0) server.setOption(StandardSocketOptions.SO_RCVBUF, buffers);
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            SocketChannel dialler = SocketChannel.open();
            set(dialler, buffers);
            dialler.connect(server.getLocalAddress());
            SocketChannel listener = server.accept();
            set(listener, buffers);
            return new Pair(new SocketDuplex(dialler), new SocketDuplex(listener));
        }
    }

    private static void set(SocketChannel channel, int buffers) throws IOException {
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        if (buffers == 0) return;
        channel.setOption(StandardSocketOptions.SO_SNDBUF, buffers);
        channel.setOption(StandardSocketOptions.SO_RCVBUF, buffers);
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        return channel.read(ByteBuffer.wrap(target, offset, length));
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(source, offset, length);
        while (bytes.hasRemaining()) channel.write(bytes);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
