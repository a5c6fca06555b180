package cairn.libp2p.host;

import cairn.libp2p.noise.Noise;
import cairn.libp2p.quic.QuicSettings;
import cairn.libp2p.quic.QuicTransport;
import cairn.libp2p.security.Security;
import cairn.libp2p.tcp.TcpTransport;
import cairn.libp2p.tls.HostCertificate;
import cairn.libp2p.tls.Tls;
import cairn.libp2p.tls.TlsDuplex;
import cairn.libp2p.transport.Transport;
import cairn.libp2p.upgrade.Protector;
import cairn.libp2p.upgrade.SecurityOrder;
import cairn.libp2p.upgrade.Upgrader;
import cairn.libp2p.websocket.WebSocketTls;
import cairn.libp2p.websocket.WebSocketTransport;
import cairn.libp2p.wire.LargeBuffers;
import cairn.libp2p.yamux.YamuxMuxer;
import java.io.IOException;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;

/// The transports that a host has, by its options. QUIC can't be had in a private network: there is
/// nothing below its own encryption.
final class HostTransports {
    private HostTransports() {}

    static List<Transport> of(HostOptions options) throws IOException {
        LargeBuffers buffers = new LargeBuffers();
        HostCertificate certificate =
                HostCertificate.make(options.identity(), options.clock().instant());
        Upgrader upgrader =
                new Upgrader(
                        options.privateNetwork()
                                .<Protector>map(network -> network::protect)
                                .orElse(Protector.none()),
                        securities(options, certificate, buffers),
                        List.of(new YamuxMuxer()));
        List<Transport> transports = new ArrayList<>();
        transports.add(new TcpTransport(upgrader));
        if (options.privateNetwork().isEmpty())
            transports.add(
                    new QuicTransport(
                            options.identity(), QuicSettings.defaults(), options.clock()));
        transports.add(new WebSocketTransport(upgrader, webTls(options, buffers)));
        return transports;
    }

    private static List<Security> securities(
            HostOptions options, HostCertificate certificate, LargeBuffers buffers) {
        List<Security> all =
                SecurityOrder.fastestFirst(
                        new Tls(certificate, buffers, options.clock()),
                        new Noise(options.identity(), buffers));
        return all.stream().filter(one -> options.speaks(one.protocol())).toList();
    }

    private static WebSocketTls webTls(HostOptions options, LargeBuffers buffers)
            throws IOException {
        WebSocketTls.Channels channels =
                (raw, engine) -> {
                    TlsDuplex duplex = new TlsDuplex(raw, engine, buffers);
                    duplex.handshake();
                    return duplex;
                };
        if (options.webSocketTrust().isEmpty() && options.webSocketCertificate().isEmpty())
            return WebSocketTls.ofSystem(channels);
        SSLContext trust =
                options.webSocketTrust().isPresent()
                        ? options.webSocketTrust().get()
                        : systemTrust();
        return new WebSocketTls(channels, trust, options.webSocketCertificate());
    }

    private static SSLContext systemTrust() throws IOException {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new IOException("the system's certificates can't be read", e);
        }
    }
}
