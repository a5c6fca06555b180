package cairn.libp2p.quic;

import cairn.libp2p.tls.HostCertificate;
import cairn.libp2p.tls.PeerTrust;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.quic.QuicSslContext;
import io.netty.handler.codec.quic.QuicSslContextBuilder;
import io.netty.handler.codec.quic.QuicSslEngine;
import io.netty.handler.ssl.ClientAuth;
import java.time.InstantSource;
import java.util.Optional;

/// What QUIC's TLS handshakes need at either end: the host's certificate, the check of the other
/// end's, and the protocol name `libp2p`. Nothing is kept for resuming, which would skip the check.
final class TlsContexts {
    private static final String PROTOCOL = "libp2p";

    private final QuicSslContext incoming;
    private final QuicSslContext dialled;
    private final DialTrust trust;

    TlsContexts(HostCertificate certificate, InstantSource clock) {
        trust = new DialTrust(clock);
        incoming =
                QuicSslContextBuilder.forServer(
                                certificate.privateKey(), null, certificate.certificate())
                        .applicationProtocols(PROTOCOL)
                        .clientAuth(ClientAuth.REQUIRE)
                        .trustManager(new PeerTrust(Optional.empty(), clock))
                        .build();
        dialled =
                QuicSslContextBuilder.forClient()
                        .keyManager(certificate.privateKey(), null, certificate.certificate())
                        .applicationProtocols(PROTOCOL)
                        .trustManager(trust)
                        .endpointIdentificationAlgorithm("")
                        .build();
    }

    /// An engine for a connection that comes in.
    QuicSslEngine incoming() {
        return incoming.newEngine(ByteBufAllocator.DEFAULT);
    }

    /// An engine for one that is dialled. No name is sent: peers have none.
    QuicSslEngine dialled(DialTrust.Expectation expectation) {
        QuicSslEngine engine = dialled.newEngine(ByteBufAllocator.DEFAULT);
        trust.expect(engine, expectation);
        return engine;
    }

    /// The engine's connection has ended, or its handshake has.
    void forget(QuicSslEngine engine) {
        trust.forget(engine);
    }
}
