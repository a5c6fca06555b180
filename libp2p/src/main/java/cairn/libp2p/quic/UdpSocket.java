package cairn.libp2p.quic;

import cairn.libp2p.quic.retry.Retries;
import cairn.libp2p.quic.retry.RetryTokens;
import cairn.libp2p.quic.retry.Strangers;
import cairn.libp2p.security.SecurityHandshakeException;
import cairn.libp2p.transport.Admission;
import cairn.libp2p.transport.Inbound;
import cairn.libp2p.transport.Link;
import cairn.multiformats.peer.PeerId;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInboundHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.quic.FlushStrategy;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicChannelBootstrap;
import io.netty.handler.codec.quic.QuicChannelOption;
import io.netty.handler.codec.quic.QuicClientCodecBuilder;
import io.netty.handler.codec.quic.QuicCodecBuilder;
import io.netty.handler.codec.quic.QuicCongestionControlAlgorithm;
import io.netty.handler.codec.quic.QuicConnectionAddress;
import io.netty.handler.codec.quic.QuicServerCodecBuilder;
import io.netty.handler.codec.quic.QuicSslEngine;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.util.AttributeKey;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A UDP socket and the QUIC connections over it, those that were dialled and, if it listens, those
/// that came in: both from the same port, so that others see the address at which they can dial
/// this host.
@SuppressWarnings("FutureReturnValueIgnored") // What fails ends the channel, which tells.
final class UdpSocket {
    private static final AttributeKey<DialTrust.Expectation> EXPECTED =
            AttributeKey.valueOf("cairn.expected");

    /// Packets are given to the kernel when so many bytes of them wait.
    private static final int FLUSH_BYTES = 256 << 10;

    private static final Duration CLOSES_WITHIN = Duration.ofSeconds(2);

    private final EventLoops loops;
    private final TlsContexts tls;
    private final QuicSettings settings;
    private final Channel channel;
    private final ConnectionIds ids = new ConnectionIds();
    private final Batch batch;
    private final Set<QuicChannel> connections = new HashSet<>();
    private final boolean listens;
    private volatile boolean listening;
    private final Strangers strangers = new Strangers(System::nanoTime);
    private final RetryTokens tokens =
            new RetryTokens(InstantSource.system(), strangers::mustProve);

    /// Binds a socket.
    ///
    /// @param inbound who takes connections that come in; empty where none may
    UdpSocket(
            EventLoops loops,
            TlsContexts tls,
            QuicSettings settings,
            InetSocketAddress address,
            Optional<Inbound> inbound)
            throws IOException {
        this.loops = loops;
        this.tls = tls;
        this.settings = settings;
        this.batch = new Batch(this::endBatchLater);
        this.listens = inbound.isPresent();
        this.listening = listens;
        ChannelFuture bound =
                loops.socket(address)
                        .handler(
                                new ChannelInitializer<>() {
                                    @Override
                                    protected void initChannel(Channel socket) {
                                        addHandlers(socket.pipeline(), inbound);
                                    }
                                })
                        .bind(address)
                        .awaitUninterruptibly();
        if (!bound.isSuccess()) throw taken(address, bound.cause());
        this.channel = bound.channel();
    }

    private static BindException taken(InetSocketAddress address, Throwable cause) {
        BindException taken =
                new BindException("can't take " + address + ": " + cause.getMessage());
        taken.initCause(cause);
        return taken;
    }

    private void endBatchLater() {
        channel.eventLoop().execute(batch::end);
    }

    private void addHandlers(ChannelPipeline pipeline, Optional<Inbound> inbound) {
        PacketRouter router =
                new PacketRouter(
                        ids, batch, new Retries(tokens, () -> ids.newId(ConnectionIds.LENGTH)));
        pipeline.addLast(router);
        // The codec of what is dialled is the last: asked to connect, the other one refuses.
        Optional<PacketRouter.Codec> incoming =
                inbound.map(host -> codec(pipeline, incomingCodec(host)));
        router.codecs(incoming, codec(pipeline, dialledCodec()));
    }

    private static PacketRouter.Codec codec(ChannelPipeline pipeline, ChannelHandler handler) {
        pipeline.addLast(handler);
        return new PacketRouter.Codec(pipeline.context(handler), (ChannelInboundHandler) handler);
    }

    private ChannelHandler dialledCodec() {
        return configure(new QuicClientCodecBuilder())
                .sslEngineProvider(
                        connection -> {
                            QuicSslEngine engine = tls.dialled(connection.attr(EXPECTED).get());
                            connection.closeFuture().addListener(ended -> tls.forget(engine));
                            return engine;
                        })
                .build();
    }

    private ChannelHandler incomingCodec(Inbound inbound) {
        return configure(new QuicServerCodecBuilder())
                .sslEngineProvider(connection -> tls.incoming())
                .connectionIdAddressGenerator(ids)
                .tokenHandler(tokens)
                .option(QuicChannelOption.SEGMENTED_DATAGRAM_PACKET_ALLOCATOR, loops.segments())
                .handler(
                        new ChannelInitializer<QuicChannel>() {
                            @Override
                            protected void initChannel(QuicChannel connection) {
                                knock(connection, inbound);
                            }
                        })
                .streamHandler(streams())
                .build();
    }

    private <B extends QuicCodecBuilder<B>> B configure(B builder) {
        return builder.flushStrategy(FlushStrategy.afterNumBytes(FLUSH_BYTES))
                .congestionControlAlgorithm(
                        switch (settings.congestion()) {
                            case CUBIC -> QuicCongestionControlAlgorithm.CUBIC;
                            case BBR -> QuicCongestionControlAlgorithm.BBR;
                        })
                .localConnectionIdLength(ConnectionIds.LENGTH)
                .maxIdleTimeout(settings.idleTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .maxSendUdpPayloadSize(Sizes.MAX_PACKET)
                .maxRecvUdpPayloadSize(Sizes.MAX_RECEIVED_PACKET)
                .discoverPmtu(true)
                .activeMigration(false)
                .initialMaxData(Sizes.CONNECTION_WINDOW)
                .initialMaxStreamDataBidirectionalLocal(Sizes.STREAM_WINDOW)
                .initialMaxStreamDataBidirectionalRemote(Sizes.STREAM_WINDOW)
                .initialMaxStreamsBidirectional(QuicConnection.MAX_INCOMING_STREAMS)
                .datagram(1, 1);
    }

    private static ChannelHandler streams() {
        return new ChannelInitializer<QuicStreamChannel>() {
            @Override
            protected void initChannel(QuicStreamChannel stream) {
                QuicConnection connection = stream.parent().attr(Handshake.CONNECTION).get();
                if (connection == null) stream.close();
                else connection.incoming(stream);
            }

            @Override
            public boolean isSharable() {
                return true;
            }
        };
    }

    /// Begins a handshake with who knocks, if there is room. Event loop only.
    private void knock(QuicChannel connection, Inbound inbound) {
        if (!listening || !strangers.enter()) {
            connection.close();
            return;
        }
        keep(connection);
        Admission admission;
        boolean admitted = false;
        try {
            admission =
                    inbound.admit(
                            Handshake.address((InetSocketAddress) connection.localSocketAddress()),
                            Handshake.address(
                                    (InetSocketAddress) connection.remoteSocketAddress()));
            admitted = true;
        } catch (IOException e) {
            connection.close();
            return;
        } finally {
            if (!admitted) strangers.leave();
        }
        Stranger stranger = new Stranger(connection, admission);
        connection
                .pipeline()
                .addLast(
                        new Handshake(
                                admission,
                                batch,
                                settings.keepAlive(),
                                link -> {
                                    stranger.known();
                                    Thread.ofVirtual()
                                            .name("quic-accept")
                                            .start(() -> inbound.accept(link, admission));
                                }));
    }

    /// A connection that came in and has not proven who it is.
    private final class Stranger {
        private final Future<?> timeout;
        private boolean waits = true;

        Stranger(QuicChannel connection, Admission admission) {
            timeout =
                    channel.eventLoop()
                            .schedule(
                                    () -> connection.close(),
                                    settings.handshakeTimeout().toMillis(),
                                    TimeUnit.MILLISECONDS);
            connection
                    .closeFuture()
                    .addListener(
                            ended -> {
                                if (waits) {
                                    known();
                                    admission.close();
                                }
                            });
        }

        void known() {
            if (!waits) return;
            waits = false;
            timeout.cancel(false);
            strangers.leave();
        }
    }

    InetSocketAddress address() {
        return (InetSocketAddress) channel.localAddress();
    }

    /// Dials from this socket. The admission is the caller's until there is a link.
    Link dial(InetSocketAddress remote, PeerId expected, Admission admission) throws IOException {
        var expectation = new DialTrust.Expectation(expected);
        var linked = new CompletableFuture<Link>();
        Handshake handshake =
                new Handshake(admission, batch, settings.keepAlive(), linked::complete);
        byte[] id = ids.forDial();
        Future<QuicChannel> connecting = connect(remote, expectation, handshake, id);
        connecting.addListener(
                outcome -> {
                    if (!outcome.isSuccess()) linked.completeExceptionally(outcome.cause());
                });
        try {
            return linked.get(settings.handshakeTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw failure(remote, expectation, handshake, e.getCause());
        } catch (TimeoutException e) {
            handshake.abandon();
            throw (SocketTimeoutException)
                    new SocketTimeoutException(remote + " does not answer").initCause(e);
        } catch (InterruptedException e) {
            handshake.abandon();
            Thread.currentThread().interrupt();
            throw (InterruptedIOException)
                    new InterruptedIOException("interrupted while dialling " + remote).initCause(e);
        }
    }

    private Future<QuicChannel> connect(
            InetSocketAddress remote,
            DialTrust.Expectation expectation,
            Handshake handshake,
            byte[] id) {
        ChannelHandler registered =
                new ChannelInitializer<QuicChannel>() {
                    @Override
                    protected void initChannel(QuicChannel connection) {
                        keep(connection);
                        ids.add(id);
                        connection.closeFuture().addListener(ended -> ids.remove(id));
                        connection.pipeline().addLast(handshake);
                    }
                };
        QuicChannelBootstrap bootstrap =
                QuicChannel.newBootstrap(channel)
                        .attr(EXPECTED, expectation)
                        .option(
                                QuicChannelOption.SEGMENTED_DATAGRAM_PACKET_ALLOCATOR,
                                loops.segments())
                        // One of ours does better: it ends the wait of who dials, too.
                        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0)
                        .handler(registered)
                        .streamHandler(streams())
                        .localConnectionAddress(new QuicConnectionAddress(id))
                        .remoteAddress(remote);
        return bootstrap.connect();
    }

    private static IOException failure(
            InetSocketAddress remote,
            DialTrust.Expectation expectation,
            Handshake handshake,
            Throwable cause) {
        if (expectation.fault().isPresent())
            return new SecurityHandshakeException(
                    expectation.fault().get().getMessage(), expectation.fault().get());
        if (handshake.refusal().isPresent() && handshake.refusal().get().isTlsError())
            return new SecurityHandshakeException(remote + " broke off the handshake", cause);
        ConnectException failed = new ConnectException("cannot connect to " + remote);
        failed.initCause(cause);
        return failed;
    }

    private void keep(QuicChannel connection) {
        connections.add(connection);
        connection.closeFuture().addListener(ended -> gone(connection));
    }

    private void gone(QuicChannel connection) {
        connections.remove(connection);
        if (connections.isEmpty() && !listening && listens) channel.close();
    }

    /// Takes no more connections in; the socket is closed with the last of those that are there.
    void stopListening() {
        listening = false;
        channel.eventLoop()
                .execute(
                        () -> {
                            if (connections.isEmpty()) channel.close();
                        });
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    /// Closes all connections and the socket, and waits until it is.
    void close() {
        listening = false;
        channel.eventLoop()
                .execute(
                        () -> {
                            for (QuicChannel connection : List.copyOf(connections))
                                connection.close(true, 0, Unpooled.EMPTY_BUFFER);
                            // After the connections' last packets, which are on their way.
                            channel.eventLoop().execute(channel::close);
                        });
        channel.closeFuture().awaitUninterruptibly(CLOSES_WITHIN.toMillis());
    }
}
