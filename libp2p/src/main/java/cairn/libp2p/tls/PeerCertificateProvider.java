package cairn.libp2p.tls;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serial;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Security;
import java.security.cert.CRL;
import java.security.cert.CRLException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateFactorySpi;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/// Has the JDK's TLS read peers' certificates by [PeerCertificates#read], since its own reading
/// refuses those without names before any trust manager sees them, and nothing but a security
/// provider can be put in its place. It has something to offer only within a handshake between
/// peers, on that handshake's thread; everybody else gets what they would without it.
final class PeerCertificateProvider extends Provider {
    @Serial private static final long serialVersionUID = 1;

    private static final String NAME = "CairnPeerCertificates";
    private static final String KIND = "CertificateFactory";
    private static final String TYPE = "X.509";

    /// Whether this thread is within a handshake.
    private static final ScopedValue<Boolean> HANDSHAKE = ScopedValue.newInstance();

    private PeerCertificateProvider() {
        super(NAME, "1", "certificates of libp2p peers, within their handshakes");
        putService(new Offer(this));
    }

    /// A handshake, or a part of it.
    interface Handshake {
        void run() throws IOException;
    }

    /// Puts it before the JDK's own, once a process.
    static void install() {
        if (Security.getProvider(NAME) == null)
            Security.insertProviderAt(new PeerCertificateProvider(), 1);
    }

    static void during(Handshake handshake) throws IOException {
        ScopedValue.where(HANDSHAKE, true)
                .<Void, IOException>call(
                        () -> {
                            handshake.run();
                            return null;
                        });
    }

    /// What reads certificates where this provider has nothing to offer.
    static CertificateFactory platform() throws CertificateException {
        return ScopedValue.where(HANDSHAKE, false).call(() -> CertificateFactory.getInstance(TYPE));
    }

    private static final class Offer extends Service {
        Offer(Provider provider) {
            super(provider, KIND, TYPE, Reading.class.getName(), List.of(), Map.of());
        }

        /// @throws NoSuchAlgorithmException outside a handshake; the next provider is asked then
        @Override
        public Object newInstance(Object parameter) throws NoSuchAlgorithmException {
            if (!HANDSHAKE.orElse(false))
                throw new NoSuchAlgorithmException("not within a handshake of peers");
            return new Reading();
        }
    }

    /// The platform's factory, but for the certificates that TLS asks for.
    private static final class Reading extends CertificateFactorySpi {
        @Override
        public Certificate engineGenerateCertificate(InputStream in) throws CertificateException {
            try {
                return PeerCertificates.read(in.readAllBytes());
            } catch (IOException e) {
                throw new CertificateException("the certificate can't be had", e);
            }
        }

        @Override
        public Collection<? extends Certificate> engineGenerateCertificates(InputStream in)
                throws CertificateException {
            return platform().generateCertificates(in);
        }

        @Override
        public CRL engineGenerateCRL(InputStream in) throws CRLException {
            try {
                return platform().generateCRL(in);
            } catch (CertificateException e) {
                throw new CRLException(e);
            }
        }

        @Override
        public Collection<? extends CRL> engineGenerateCRLs(InputStream in) throws CRLException {
            try {
                return platform().generateCRLs(in);
            } catch (CertificateException e) {
                throw new CRLException(e);
            }
        }
    }
}
