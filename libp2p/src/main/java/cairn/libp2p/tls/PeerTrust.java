package cairn.libp2p.tls;

import cairn.multiformats.peer.PeerId;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/// Trusts whoever shows the certificate of a peer, at either end, as [PeerCertificates#check] has
/// it; no authority is asked. It keeps nothing, so connections may share one; the key is had from
/// the session's certificate by [PeerCertificates#keyOf].
public final class PeerTrust extends X509ExtendedTrustManager {
    private final Optional<PeerId> expected;
    private final InstantSource clock;

    /// @param expected the peer that it must be; empty where any will do
    public PeerTrust(Optional<PeerId> expected, InstantSource clock) {
        this.expected = expected;
        this.clock = clock;
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType)
            throws CertificateException {
        PeerCertificates.check(chain, expected, clock.instant());
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType)
            throws CertificateException {
        PeerCertificates.check(chain, expected, clock.instant());
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        checkServerTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        checkServerTrusted(chain, authType);
    }

    /// None: what signs a peer's certificate is the certificate's own key.
    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
