package cairn.libp2p.quic;

import cairn.libp2p.tls.PeerCertificates;
import cairn.libp2p.transport.Admission;
import cairn.libp2p.transport.IpEndpoint;
import cairn.libp2p.transport.Link;
import cairn.multiformats.multiaddr.AddressProtocol;
import cairn.multiformats.multiaddr.Component;
import cairn.multiformats.multiaddr.Multiaddr;
import cairn.multiformats.peer.PublicKey;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicConnectionCloseEvent;
import io.netty.handler.codec.quic.QuicDatagramExtensionEvent;
import io.netty.util.AttributeKey;
import java.net.InetSocketAddress;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.SSLPeerUnverifiedException;

/// A connection until its handshake is done: the first handler of its channel, which then makes the
/// link and gives its place to the connection's own handler. Owned by the event loop.
@SuppressWarnings("FutureReturnValueIgnored") // What fails ends the channel, which tells.
final class Handshake extends ChannelInboundHandlerAdapter {
    static final AttributeKey<QuicConnection> CONNECTION = AttributeKey.valueOf("cairn.connection");

    private static final Multiaddr QUIC = Multiaddr.of(Component.of(AddressProtocol.QUIC_V1));
    private static final String SECURITY = "/tls/1.0.0";
    private static final String MUXER = "quic";

    private final Admission admission;
    private final Batch batch;
    private final Duration keepAlive;
    private final Consumer<Link> done;
    private volatile Optional<QuicConnectionCloseEvent> refusal = Optional.empty();
    private volatile Optional<Channel> channel = Optional.empty();
    private volatile boolean abandoned;

    /// The other end takes datagrams; told just before the handshake is done.
    private boolean datagrams;

    /// @param done called on the event loop
    Handshake(Admission admission, Batch batch, Duration keepAlive, Consumer<Link> done) {
        this.admission = admission;
        this.batch = batch;
        this.keepAlive = keepAlive;
        this.done = done;
    }

    /// The multiaddr of an end of a connection.
    static Multiaddr address(InetSocketAddress socket) {
        return IpEndpoint.multiaddr(socket, AddressProtocol.UDP, QUIC);
    }

    /// Why the other end would not have it, if it said so.
    Optional<QuicConnectionCloseEvent> refusal() {
        return refusal;
    }

    /// Ends the connection, whatever has become of it. Any thread.
    void abandon() {
        abandoned = true;
        channel.ifPresent(Channel::close);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        channel = Optional.of(context.channel());
        if (abandoned) context.close();
    }

    @Override
    public void channelActive(ChannelHandlerContext context) throws Exception {
        QuicChannel channel = (QuicChannel) context.channel();
        Link link;
        try {
            PublicKey key = remoteKey(channel);
            // One that doesn't take them has signs of life of its own, as far as is known.
            Optional<Duration> signs = datagrams ? Optional.of(keepAlive) : Optional.empty();
            QuicConnection connection = new QuicConnection(channel, admission, batch, signs);
            link =
                    new Link(
                            connection,
                            key,
                            address(socket(channel.localSocketAddress())),
                            address(socket(channel.remoteSocketAddress())),
                            SECURITY,
                            MUXER);
            channel.attr(CONNECTION).set(connection);
            context.pipeline().replace(this, "connection", connection.handler());
        } catch (CertificateException | SSLPeerUnverifiedException e) {
            // It was checked, so this is a fault of ours; the connection can't be used.
            channel.close();
            return;
        }
        done.accept(link);
    }

    private static PublicKey remoteKey(QuicChannel channel)
            throws CertificateException, SSLPeerUnverifiedException {
        var engine = Objects.requireNonNull(channel.sslEngine(), "a live channel has its engine");
        return PeerCertificates.keyOf(
                (X509Certificate) engine.getSession().getPeerCertificates()[0]);
    }

    private static InetSocketAddress socket(Object address) {
        return (InetSocketAddress) Objects.requireNonNull(address, "a live channel has addresses");
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof QuicDatagramExtensionEvent) datagrams = true;
        if (event instanceof QuicConnectionCloseEvent close) {
            refusal = Optional.of(close);
            // QUIC would wait for packets that are still under way; nobody cares for those.
            context.channel().eventLoop().execute(context::close);
        }
    }

    /// What ends a handshake closes the channel too, after the other end was told; what doesn't is
    /// a packet that was no good.
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {}
}
