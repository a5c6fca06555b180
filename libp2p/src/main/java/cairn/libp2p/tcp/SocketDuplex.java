package cairn.libp2p.tcp;

import cairn.libp2p.wire.Duplex;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/// A TCP connection as a duplex.
///
/// The kernel sizes the socket's buffers, as it learns the round trip: a size set here would end
/// that. Arrays go through the direct buffers that the JDK keeps for each carrier thread, which are
/// held for the system call only, so that a connection that waits holds none.
final class SocketDuplex implements Duplex {
    /// The most bytes of one system call: more gains nothing, and the JDK keeps direct buffers of
    /// this size for each carrier thread.
    static final int MAX_CALL_BYTES = 256 * 1024;

    private final SocketChannel channel;

    /// Takes over a connected channel.
    SocketDuplex(SocketChannel channel) throws IOException {
        this.channel = channel;
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
    }

    InetSocketAddress local() throws IOException {
        return (InetSocketAddress) channel.getLocalAddress();
    }

    InetSocketAddress remote() throws IOException {
        return (InetSocketAddress) channel.getRemoteAddress();
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        return channel.read(ByteBuffer.wrap(target, offset, Math.min(length, MAX_CALL_BYTES)));
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(source, offset, length);
        int end = offset + length;
        while (bytes.position() < end) {
            bytes.limit(Math.min(end, bytes.position() + MAX_CALL_BYTES));
            channel.write(bytes);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
