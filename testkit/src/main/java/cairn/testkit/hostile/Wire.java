package cairn.testkit.hostile;

import cairn.libp2p.transport.IpEndpoint;
import cairn.libp2p.wire.Duplex;
import cairn.multiformats.multiaddr.Multiaddr;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/// A wire is a TCP connection with nothing over it, to say on it whatever one likes.
public final class Wire implements Duplex {
    private final SocketChannel channel;

    Wire(SocketChannel channel) throws IOException {
        this.channel = channel;
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    }

    /// Connects to the TCP port of an address.
    public static Wire to(Multiaddr address) throws IOException {
        return to(endpoint(address));
    }

    /// Connects to a TCP port.
    public static Wire to(InetSocketAddress address) throws IOException {
        return new Wire(SocketChannel.open(address));
    }

    /// The socket's address in a multiaddr.
    static InetSocketAddress endpoint(Multiaddr address) {
        return IpEndpoint.of(address).orElseThrow().address();
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        return channel.read(ByteBuffer.wrap(target, offset, length));
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        for (ByteBuffer bytes = ByteBuffer.wrap(source, offset, length); bytes.hasRemaining(); )
            channel.write(bytes);
    }

    /// Writes bytes.
    public void say(byte... bytes) throws IOException {
        write(bytes, 0, bytes.length);
    }

    /// Writes text, each character one byte.
    public void say(String text) throws IOException {
        say(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /// Waits until the other end has closed the connection, and drops what it says till then.
    public void awaitEnd() throws IOException {
        byte[] dropped = new byte[4096];
        for (int n = 0; n >= 0; n = read(dropped, 0, dropped.length)) {}
    }

    /// Ends the connection as a process that dies does: with a reset, and without a word.
    public void vanish() throws IOException {
        if (!channel.isOpen()) return;
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        channel.close();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
