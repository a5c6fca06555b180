package cairn.libp2p.quic;

import cairn.libp2p.quic.retry.Retries;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import io.netty.handler.codec.quic.QuicChannel;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/// The first handler of a socket: hands each packet to the codec of the connections that came in or
/// to that of those that were dialled, each of which would take every packet for its own.
///
/// Packets that can be neither's are dropped here, before anything is spent on them. So are those
/// for a connection that come from elsewhere than its handshake did: Netty sends to where the last
/// packet came from, whether or not that packet was what it claims to be.
/// `docs/decisions/0043-connections-stay.md` says what that costs. Owned by the socket's event
/// loop.
final class PacketRouter extends ChannelInboundHandlerAdapter {
    /// A codec and its place in the pipeline.
    record Codec(ChannelHandlerContext context, ChannelInboundHandler handler) {
        void read(Object packet) throws Exception {
            handler.channelRead(context, packet);
        }

        void readComplete() throws Exception {
            handler.channelReadComplete(context);
        }

        /// The connection that an id names.
        Optional<QuicChannel> connection(ByteBuffer id) {
            return NettyConnections.named(handler, id);
        }
    }

    /// The first bit of a long header. RFC 9000, 17.2.
    private static final int LONG_HEADER = 0x80;

    /// Where the id begins in a short header, and its length and the id in a long one.
    private static final int SHORT_ID_AT = 1;

    private static final int LONG_ID_LENGTH_AT = 5;
    private static final int LONG_ID_AT = 6;
    private static final int MAX_ID_LENGTH = 20;

    /// Less can't be protected: what masks a header is sampled from 20 bytes. RFC 9001, 5.4.2.
    private static final int LEAST_BYTES = 21;

    /// A packet of a client that begins a connection comes in a datagram of at least this. RFC
    /// 9000, 14.1.
    private static final int LEAST_FIRST_BYTES = 1200;

    private static final int TYPE_MASK = 0x30;

    private final ConnectionIds ids;
    private final Batch batch;
    private final Retries retries;
    private Optional<Codec> incoming = Optional.empty();
    private Optional<Codec> dialled = Optional.empty();
    private boolean any;

    /// The id and the sender of the last packet that was let through, as the next is often of the
    /// same: then it is let through without a look at the codec.
    private long lastId;

    private Optional<InetSocketAddress> lastSender = Optional.empty();

    PacketRouter(ConnectionIds ids, Batch batch, Retries retries) {
        this.ids = ids;
        this.batch = batch;
        this.retries = retries;
    }

    /// Sets the codecs: of connections that come in, if any may, and of those dialled.
    void codecs(Optional<Codec> forIncoming, Codec forDialled) {
        incoming = forIncoming;
        dialled = Optional.of(forDialled);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        DatagramPacket packet = (DatagramPacket) message;
        Optional<Codec> codec = route(packet.content());
        if (codec.isEmpty()
                || !comesFromItsPlace(packet, codec.get())
                || wasAnswered(context, packet, codec.get())) {
            packet.release();
            return;
        }
        if (!any) {
            any = true;
            batch.begin();
        }
        codec.get().read(packet);
    }

    /// Which codec a packet is for; empty if none.
    Optional<Codec> route(ByteBuf packet) {
        int at = packet.readerIndex();
        if (packet.readableBytes() < LEAST_BYTES) return Optional.empty();
        int first = packet.getByte(at);
        if ((first & LONG_HEADER) == 0)
            return ids.shortIsDialled(packet, at + SHORT_ID_AT) ? dialled : incoming;
        int length = packet.getUnsignedByte(at + LONG_ID_LENGTH_AT);
        if (length > MAX_ID_LENGTH || packet.readableBytes() < LONG_ID_AT + length)
            return Optional.empty();
        if (ids.longIsDialled(packet, at + LONG_ID_AT, length)) return dialled;
        boolean begins = (first & TYPE_MASK) == 0;
        if (begins && packet.readableBytes() < LEAST_FIRST_BYTES) return Optional.empty();
        return incoming;
    }

    /// Whether a packet that has a route is of no connection yet, or comes from where the other end
    /// of its connection is.
    private boolean comesFromItsPlace(DatagramPacket packet, Codec codec) {
        ByteBuf content = packet.content();
        int at = content.readerIndex();
        boolean isShort = (content.getByte(at) & LONG_HEADER) == 0;
        int idAt = at + (isShort ? SHORT_ID_AT : LONG_ID_AT);
        int length =
                isShort ? ConnectionIds.LENGTH : content.getUnsignedByte(at + LONG_ID_LENGTH_AT);
        long id = length == ConnectionIds.LENGTH ? content.getLong(idAt) : 0;
        if (id != 0 && id == lastId && packet.sender().equals(lastSender.orElse(null))) return true;
        boolean right =
                codec.connection(content.nioBuffer(idAt, length))
                        .map(QuicChannel::remoteSocketAddress)
                        .map(packet.sender()::equals)
                        .orElse(true);
        if (right) {
            lastId = id;
            lastSender = Optional.of(packet.sender());
        }
        return right;
    }

    /// Whether a packet begins a connection with a token that isn't this socket's, and was answered
    /// with one that is.
    @SuppressWarnings("FutureReturnValueIgnored") // Who gets no answer asks again.
    private boolean wasAnswered(ChannelHandlerContext context, DatagramPacket packet, Codec codec) {
        ByteBuf content = packet.content();
        int at = content.readerIndex();
        if ((content.getByte(at) & LONG_HEADER) == 0 || incoming.filter(codec::equals).isEmpty())
            return false;
        int length = content.getUnsignedByte(at + LONG_ID_LENGTH_AT);
        if (codec.connection(content.nioBuffer(at + LONG_ID_AT, length)).isPresent()) return false;
        Optional<ByteBuf> answer = retries.answer(content, packet.sender());
        answer.ifPresent(
                retry -> context.writeAndFlush(new DatagramPacket(retry, packet.sender())));
        return answer.isPresent();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) throws Exception {
        any = false;
        batch.end();
        for (Optional<Codec> codec : List.of(incoming, dialled))
            if (codec.isPresent()) codec.get().readComplete();
    }

    /// Errors of the socket, such as those that ICMP tells of: packets are lost anyway at times.
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {}
}
