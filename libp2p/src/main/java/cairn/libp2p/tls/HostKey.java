package cairn.libp2p.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

/// Shows the host's certificate to whoever asks, at either end of a connection.
final class HostKey extends X509ExtendedKeyManager {
    private static final String ALIAS = "host";
    private static final String TYPE = "EC";

    private final HostCertificate host;

    HostKey(HostCertificate host) {
        this.host = host;
    }

    private static String aliasFor(String... types) {
        return List.of(types).contains(TYPE) ? ALIAS : null;
    }

    @Override
    public String chooseEngineClientAlias(String[] types, Principal[] issuers, SSLEngine engine) {
        return aliasFor(types);
    }

    @Override
    public String chooseEngineServerAlias(String type, Principal[] issuers, SSLEngine engine) {
        return aliasFor(type);
    }

    @Override
    public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
        return aliasFor(types);
    }

    @Override
    public String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
        return aliasFor(type);
    }

    @Override
    public String[] getClientAliases(String type, Principal[] issuers) {
        return new String[] {ALIAS};
    }

    @Override
    public String[] getServerAliases(String type, Principal[] issuers) {
        return new String[] {ALIAS};
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return new X509Certificate[] {host.certificate()};
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return host.privateKey();
    }
}
