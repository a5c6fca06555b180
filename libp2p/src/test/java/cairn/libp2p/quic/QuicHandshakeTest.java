package cairn.libp2p.quic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

import cairn.libp2p.crypto.SigningKey;
import cairn.libp2p.security.SecurityHandshakeException;
import cairn.libp2p.tls.HostCertificate;
import cairn.libp2p.tls.NamelessHosts;
import cairn.libp2p.transport.Admission;
import cairn.multiformats.multiaddr.Multiaddr;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.handler.codec.quic.InsecureQuicTokenHandler;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicClientCodecBuilder;
import io.netty.handler.codec.quic.QuicServerCodecBuilder;
import io.netty.handler.codec.quic.QuicSslContext;
import io.netty.handler.codec.quic.QuicSslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Handshakes with ends that are not as they should be, made with QUIC's own client.
@Timeout(60)
class QuicHandshakeTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    /// Less than QUIC waits for stragglers after a connection was refused.
    private static final Duration AT_ONCE = Duration.ofMillis(2_500);

    private final HostCertificate certificate =
            HostCertificate.make(SigningKey.generate(), Instant.now());

    @Test
    void a_client_as_it_should_be_comes_in() throws Exception {
        assertThat(comesIn(client(certificate, "libp2p"))).isTrue();
    }

    @Test
    void a_client_whose_certificate_has_no_names_comes_in() throws Exception {
        var nameless = NamelessHosts.certificate(SigningKey.generate(), Instant.now());
        assertThat(comesIn(client(nameless, "libp2p"))).isTrue();
    }

    @Test
    void another_protocol_is_refused() throws Exception {
        assertThat(comesIn(client(certificate, "h3"))).isFalse();
    }

    @Test
    void a_client_without_a_certificate_is_refused() throws Exception {
        assertThat(comesIn(builder("libp2p").build())).isFalse();
    }

    @Test
    void a_certificate_that_is_not_yet_valid_is_refused() throws Exception {
        Instant tomorrow = Instant.now().plus(Duration.ofDays(1));
        assertThat(comesIn(client(HostCertificate.make(SigningKey.generate(), tomorrow), "libp2p")))
                .isFalse();
    }

    @Test
    void the_certificate_of_another_key_is_refused() throws Exception {
        var other = HostCertificate.make(SigningKey.generate(), Instant.now());
        assertThat(
                        comesIn(
                                client(
                                        new HostCertificate(
                                                certificate.privateKey(), other.certificate()),
                                        "libp2p")))
                .isFalse();
    }

    @Test
    void a_dialler_refuses_a_certificate_that_is_not_yet_valid() throws Exception {
        SigningKey key = SigningKey.generate();
        InstantSource ahead = () -> Instant.now().plus(Duration.ofDays(1));
        try (var server = new QuicTransport(key, QuicSettings.defaults(), ahead);
                QuicPair pair = new QuicPair()) {
            var listener =
                    server.listen(
                            Multiaddr.parse("/ip4/127.0.0.1/udp/0/quic-v1"),
                            QuicPair.takingInto(pair.accepted));
            assertThatExceptionOfType(SecurityHandshakeException.class)
                    .isThrownBy(
                            () ->
                                    pair.client.dial(
                                            listener.address(),
                                            key.peerId(),
                                            Admission.unlimited()));
        }
    }

    @Test
    void a_dialler_is_told_at_once_that_the_other_end_speaks_another_protocol() throws Exception {
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        QuicSslContext context =
                QuicSslContextBuilder.forServer(
                                certificate.privateKey(), null, certificate.certificate())
                        .applicationProtocols("h3")
                        .build();
        try (QuicPair pair = new QuicPair()) {
            Channel server =
                    new Bootstrap()
                            .group(group)
                            .channel(NioDatagramChannel.class)
                            .handler(
                                    new QuicServerCodecBuilder()
                                            .sslContext(context)
                                            .tokenHandler(InsecureQuicTokenHandler.INSTANCE)
                                            .handler(new ChannelInboundHandlerAdapter())
                                            .streamHandler(new ChannelInboundHandlerAdapter())
                                            .build())
                            .bind(InetAddress.getLoopbackAddress(), 0)
                            .sync()
                            .channel();
            int port = ((InetSocketAddress) server.localAddress()).getPort();
            long began = System.nanoTime();
            assertThatExceptionOfType(SecurityHandshakeException.class)
                    .isThrownBy(
                            () ->
                                    pair.client.dial(
                                            Multiaddr.parse(
                                                    "/ip4/127.0.0.1/udp/" + port + "/quic-v1"),
                                            SigningKey.generate().peerId(),
                                            Admission.unlimited()));
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(AT_ONCE);
        } finally {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).await();
        }
    }

    @Test
    void a_dial_that_nobody_answers_ends_in_time() throws Exception {
        var settings =
                new QuicSettings(QuicSettings.Congestion.CUBIC, SOON, SOON, Duration.ofMillis(300));
        try (var client =
                        new QuicTransport(SigningKey.generate(), settings, InstantSource.system());
                DatagramSocket silent = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            Multiaddr nobody =
                    Multiaddr.parse("/ip4/127.0.0.1/udp/" + silent.getLocalPort() + "/quic-v1");
            assertThatExceptionOfType(SocketTimeoutException.class)
                    .isThrownBy(
                            () ->
                                    client.dial(
                                            nobody,
                                            SigningKey.generate().peerId(),
                                            Admission.unlimited()));
        }
    }

    @Test
    void a_closed_listener_takes_no_more_and_its_connections_live_on() throws Exception {
        try (QuicPair pair = new QuicPair()) {
            var link = pair.dial();
            var accepted = pair.takeAccepted();
            pair.listener.close();
            var settings =
                    new QuicSettings(
                            QuicSettings.Congestion.CUBIC, SOON, SOON, Duration.ofSeconds(1));
            try (var late =
                    new QuicTransport(SigningKey.generate(), settings, InstantSource.system())) {
                assertThatIOException()
                        .isThrownBy(
                                () ->
                                        late.dial(
                                                pair.listener.address(),
                                                pair.serverKey.peerId(),
                                                Admission.unlimited()));
            }
            accepted.muxed().start(stream -> Thread.startVirtualThread(stream::reset));
            link.muxed().start(stream -> {});
            assertThat(link.muxed().isClosed()).isFalse();
            link.muxed().close();
            await().atMost(SOON).until(() -> accepted.muxed().isClosed());
        }
    }

    private static QuicSslContextBuilder builder(String protocol) {
        return QuicSslContextBuilder.forClient()
                .applicationProtocols(protocol)
                .trustManager(InsecureTrustManagerFactory.INSTANCE)
                .endpointIdentificationAlgorithm("");
    }

    private static QuicSslContext client(HostCertificate shown, String protocol) {
        return builder(protocol).keyManager(shown.privateKey(), null, shown.certificate()).build();
    }

    /// Whether a client with such a context gets to be a link.
    private static boolean comesIn(QuicSslContext context) throws Exception {
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        try (QuicPair pair = new QuicPair()) {
            Channel socket =
                    new Bootstrap()
                            .group(group)
                            .channel(NioDatagramChannel.class)
                            .handler(
                                    new QuicClientCodecBuilder()
                                            .sslContext(context)
                                            .maxIdleTimeout(10, TimeUnit.SECONDS)
                                            .build())
                            .bind(InetAddress.getLoopbackAddress(), 0)
                            .sync()
                            .channel();
            int port = Integer.parseInt(pair.listener.address().components().get(1).value());
            var connecting =
                    QuicChannel.newBootstrap(socket)
                            .handler(new ChannelInboundHandlerAdapter())
                            .streamHandler(new ChannelInboundHandlerAdapter())
                            .remoteAddress(
                                    new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                            .connect()
                            .await();
            if (!connecting.isSuccess()) return pair.accepted.poll() != null;
            // The client is done before the server has checked it: which is seen by its close.
            QuicChannel connection = connecting.getNow();
            await().atMost(SOON).until(() -> !connection.isOpen() || !pair.accepted.isEmpty());
            return !pair.accepted.isEmpty();
        } finally {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).await();
        }
    }
}
