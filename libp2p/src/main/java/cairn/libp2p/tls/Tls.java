package cairn.libp2p.tls;

import cairn.libp2p.security.Secured;
import cairn.libp2p.security.Security;
import cairn.libp2p.security.SecurityHandshakeException;
import cairn.libp2p.wire.Duplex;
import cairn.libp2p.wire.LargeBuffers;
import cairn.libp2p.wire.Role;
import cairn.multiformats.peer.PeerId;
import cairn.multiformats.peer.PublicKey;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;

/// The security protocol `/tls/1.0.0`: TLS 1.3 in which both ends show a certificate that proves
/// their peer's key, and agree on the muxer by ALPN. No server name is sent, no session resumed.
/// Source: libp2p/specs, tls; connections, "Inlined Muxer Negotiation".
///
/// A dialler's handshake is over before the listener has checked the dialler's certificate: where
/// it is refused, the first read fails.
public final class Tls implements Security {
    public static final String PROTOCOL = "/tls/1.0.0";

    /// What ALPN agrees on where no muxer is: one is chosen by multistream-select then.
    private static final String NO_MUXER = "libp2p";

    private static final String VERSION = "TLSv1.3";

    /// AES first, which processors help with; the shorter key is enough, and faster.
    private static final List<String> CIPHERS =
            List.of(
                    "TLS_AES_128_GCM_SHA256",
                    "TLS_AES_256_GCM_SHA384",
                    "TLS_CHACHA20_POLY1305_SHA256");

    /// For sessions of over a week, the longest that TLS 1.3 allows, the engine hands out and takes
    /// no tickets.
    private static final Duration NO_TICKETS = Duration.ofDays(8);

    private final HostKey key;
    private final LargeBuffers buffers;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    /// @param buffers what its channels borrow while bytes flow
    public Tls(HostCertificate certificate, LargeBuffers buffers, InstantSource clock) {
        PeerCertificateProvider.install();
        this.key = new HostKey(certificate);
        this.buffers = buffers;
        this.clock = clock;
    }

    @Override
    public String protocol() {
        return PROTOCOL;
    }

    @Override
    public Secured secure(Duplex raw, Role role, Optional<PeerId> expected, List<String> muxers)
            throws IOException {
        SSLEngine engine = context(expected).createSSLEngine();
        engine.setUseClientMode(role == Role.INITIATOR);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(new String[] {VERSION});
        parameters.setCipherSuites(CIPHERS.toArray(String[]::new));
        parameters.setUseCipherSuitesOrder(false); // the dialler's counts
        List<String> protocols = Stream.concat(muxers.stream(), Stream.of(NO_MUXER)).toList();
        switch (role) {
            case INITIATOR -> parameters.setApplicationProtocols(protocols.toArray(String[]::new));
            case RESPONDER -> {
                parameters.setNeedClientAuth(true);
                engine.setHandshakeApplicationProtocolSelector(
                        (same, offered) -> common(offered, protocols));
            }
        }
        engine.setSSLParameters(parameters);

        var channel = new TlsDuplex(raw, engine, buffers);
        try {
            PeerCertificateProvider.during(channel::handshake);
            return new Secured(channel, remoteKey(engine), muxer(engine));
        } catch (SSLException | CertificateException e) {
            throw new SecurityHandshakeException(e.getMessage(), e);
        }
    }

    /// The dialler's first that the listener has too; null where there is none, which ends the
    /// handshake.
    private static String common(List<String> offered, List<String> protocols) {
        return offered.stream().filter(protocols::contains).findFirst().orElse(null);
    }

    private static Optional<String> muxer(SSLEngine engine) {
        String agreed = engine.getApplicationProtocol();
        return agreed.isEmpty() || agreed.equals(NO_MUXER) ? Optional.empty() : Optional.of(agreed);
    }

    private static PublicKey remoteKey(SSLEngine engine) throws SSLException, CertificateException {
        return PeerCertificates.keyOf(
                (X509Certificate) engine.getSession().getPeerCertificates()[0]);
    }

    /// A context of one connection: who is expected is a matter of its trust.
    private SSLContext context(Optional<PeerId> expected) {
        try {
            SSLContext context = SSLContext.getInstance(VERSION);
            context.init(
                    new KeyManager[] {key},
                    new TrustManager[] {new PeerTrust(expected, clock)},
                    random);
            context.getServerSessionContext().setSessionTimeout((int) NO_TICKETS.toSeconds());
            context.getClientSessionContext().setSessionTimeout((int) NO_TICKETS.toSeconds());
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has TLS 1.3", e);
        }
    }
}
