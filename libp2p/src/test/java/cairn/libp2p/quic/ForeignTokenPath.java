package cairn.libp2p.quic;

import cairn.libp2p.quic.retry.Forged;
import cairn.libp2p.quic.retry.InitialHeader;
import cairn.libp2p.transport.IpEndpoint;
import cairn.multiformats.multiaddr.Multiaddr;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;

/// A path to a server on which a client's first packets have a token of another server: until the
/// server has spoken, each is replaced by one with the same ids and such a token. What the server
/// answers, a client takes for an answer to its own.
final class ForeignTokenPath implements AutoCloseable {
    private final DatagramChannel toClient;
    private final DatagramChannel toServer;
    private final InetSocketAddress server;
    private final Selector selector;
    private final Thread thread;
    private SocketAddress client = new InetSocketAddress(0);
    private boolean answered;

    private ForeignTokenPath(InetSocketAddress server) throws IOException {
        this.server = server;
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        toClient = DatagramChannel.open().bind(any);
        toServer = DatagramChannel.open().bind(any);
        selector = Selector.open();
        for (DatagramChannel channel : new DatagramChannel[] {toClient, toServer}) {
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ);
        }
        thread = Thread.ofPlatform().daemon().name("foreign-token-path").start(this::run);
    }

    static ForeignTokenPath to(Multiaddr server) throws IOException {
        return new ForeignTokenPath(IpEndpoint.of(server).orElseThrow().address());
    }

    int port() throws IOException {
        return ((InetSocketAddress) toClient.getLocalAddress()).getPort();
    }

    private void run() {
        ByteBuffer packet = ByteBuffer.allocate(1 << 16);
        try {
            while (selector.isOpen()) {
                selector.select(
                        key -> {
                            try {
                                pass((DatagramChannel) key.channel(), packet.clear());
                            } catch (IOException e) {
                                // A packet that is lost.
                            }
                        });
            }
        } catch (ClosedSelectorException e) {
            // Then that was all.
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void pass(DatagramChannel from, ByteBuffer packet) throws IOException {
        SocketAddress sender = from.receive(packet);
        if (sender == null) return;
        packet.flip();
        if (from.equals(toServer)) {
            answered = true;
            toClient.send(packet, client);
            return;
        }
        client = sender;
        toServer.send(answered ? packet : withForeignToken(packet), server);
    }

    private static ByteBuffer withForeignToken(ByteBuffer packet) {
        InitialHeader header = InitialHeader.read(Unpooled.wrappedBuffer(packet)).orElseThrow();
        ByteBuf forged =
                Forged.initial(header.firstId(), header.clientId(), "a token of another server");
        return forged.nioBuffer();
    }

    @Override
    public void close() throws IOException {
        selector.close();
        toClient.close();
        toServer.close();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
