package cairn.libp2p.quic;

import cairn.libp2p.tls.PeerCertificates;
import cairn.multiformats.peer.PeerId;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/// Trusts whoever shows the certificate of the peer that was dialled. One serves all dials, since
/// what it is part of is costly to make; which peer is meant is known by the engine.
final class DialTrust extends X509ExtendedTrustManager {
    /// Who must answer a dial, and what was wrong with who did.
    static final class Expectation {
        private final PeerId peer;
        private volatile Optional<CertificateException> fault = Optional.empty();

        Expectation(PeerId peer) {
            this.peer = peer;
        }

        Optional<CertificateException> fault() {
            return fault;
        }
    }

    private final Map<SSLEngine, Expectation> expectations = new ConcurrentHashMap<>();
    private final InstantSource clock;

    DialTrust(InstantSource clock) {
        this.clock = clock;
    }

    void expect(SSLEngine engine, Expectation expectation) {
        expectations.put(engine, expectation);
    }

    void forget(SSLEngine engine) {
        expectations.remove(engine);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        Expectation expectation = expectations.get(engine);
        if (expectation == null) throw new CertificateException("nobody was dialled");
        try {
            PeerCertificates.check(chain, Optional.of(expectation.peer), clock.instant());
        } catch (CertificateException e) {
            expectation.fault = Optional.of(e);
            throw e;
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType)
            throws CertificateException {
        throw new CertificateException("no engine tells who was dialled");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        checkServerTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType)
            throws CertificateException {
        throw new CertificateException("this end dials");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
