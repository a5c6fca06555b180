package cairn.interop;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/// What secure WebSocket needs on loopback: a certificate that nobody has signed, and a dialler
/// that takes any. Who is there is proven by libp2p's own handshake, within.
///
/// @param server with the certificate
/// @param client that trusts everyone
record WebTls(SSLContext server, SSLContext client) {
    private static final String PASSWORD = "loopback";

    /// With a new certificate, which the JDK's `keytool` makes.
    static WebTls make() throws IOException {
        Path folder = Files.createTempDirectory("cairn-interop");
        Path file = folder.resolve("web.p12");
        try {
            String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
            PeerProcess.finish(
                    new ProcessBuilder(
                            (keytool
                                            + " -genkeypair -alias web -keyalg EC -groupname"
                                            + " secp256r1 -dname CN=localhost -validity 2 -ext"
                                            + " san=ip:127.0.0.1 -storetype PKCS12 -storepass "
                                            + PASSWORD
                                            + " -keystore "
                                            + file)
                                    .split(" ")));
            return of(file);
        } catch (GeneralSecurityException e) {
            throw new IOException("no certificate for secure WebSocket", e);
        } finally {
            Files.deleteIfExists(file);
            Files.delete(folder);
        }
    }

    private static WebTls of(Path file) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(store, PASSWORD.toCharArray());
        SSLContext server = SSLContext.getInstance("TLS");
        server.init(keys.getKeyManagers(), null, null);
        SSLContext client = SSLContext.getInstance("TLS");
        client.init(null, new TrustManager[] {new Anyone()}, null);
        return new WebTls(server, client);
    }

    private static final class Anyone extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
