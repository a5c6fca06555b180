package cairn.libp2p.websocket;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/// Reads what TLS needs from PEM files, as certificate authorities hand them out.
public final class CertificateFiles {
    private static final char[] NO_PASSWORD = new char[0];

    private CertificateFiles() {}

    /// What a server shows: a chain, its own certificate first, and the key of that one.
    ///
    /// @param key PKCS #8, or the older forms of RSA and EC keys; not encrypted
    /// @throws IOException that names the file when one can't be read or isn't what it should be
    public static SSLContext server(Path chain, Path key) throws IOException {
        Certificate[] certificates = certificates(chain);
        try {
            KeyStore store = empty();
            store.setKeyEntry("host", privateKey(key), NO_PASSWORD, certificates);
            KeyManagerFactory keys =
                    KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, NO_PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException(key + " is no key of " + chain + ": " + e.getMessage(), e);
        }
    }

    /// A client's trust in the authorities of a file, instead of the system's.
    public static SSLContext trusting(Path authorities) throws IOException {
        try {
            KeyStore store = empty();
            int count = 0;
            for (Certificate one : certificates(authorities))
                store.setCertificateEntry("authority " + count++, one);
            TrustManagerFactory trust =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException(authorities + ": " + e.getMessage(), e);
        }
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static Certificate[] certificates(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            Certificate[] all =
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(in)
                            .toArray(Certificate[]::new);
            if (all.length == 0) throw new IOException(file + " holds no certificate");
            return all;
        } catch (GeneralSecurityException e) {
            throw new IOException(file + " holds no certificate: " + e.getMessage(), e);
        }
    }

    private static PrivateKey privateKey(Path file) throws IOException {
        try (Reader in = Files.newBufferedReader(file);
                PEMParser parser = new PEMParser(in)) {
            JcaPEMKeyConverter converter = new JcaPEMKeyConverter();
            for (Object found = parser.readObject(); found != null; found = parser.readObject()) {
                if (found instanceof PrivateKeyInfo key) return converter.getPrivateKey(key);
                if (found instanceof PEMKeyPair pair)
                    return converter.getPrivateKey(pair.getPrivateKeyInfo());
            }
            throw new IOException(file + " holds no private key that isn't encrypted");
        }
    }
}
