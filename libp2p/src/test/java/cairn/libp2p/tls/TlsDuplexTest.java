package cairn.libp2p.tls;

import static org.assertj.core.api.Assertions.assertThat;

import cairn.libp2p.crypto.SigningKey;
import cairn.libp2p.wire.Both;
import cairn.libp2p.wire.Duplex;
import cairn.libp2p.wire.LargeBuffers;
import cairn.libp2p.wire.MemoryDuplex;
import cairn.libp2p.wire.Messages;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// TLS of the usual kind, as secure WebSocket has it: one end shows a certificate, the other one
/// says whom it asked for.
class TlsDuplexTest {
    private final HostCertificate site = HostCertificate.make(SigningKey.generate(), Instant.now());
    private final LargeBuffers buffers = new LargeBuffers();
    private final List<MemoryDuplex> ends = MemoryDuplex.pair();

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void a_server_is_told_the_name_that_was_asked_for(String version) throws Exception {
        var both = handshake(version);
        var session = (ExtendedSSLSession) both.other().engine().getSession();
        assertThat(session.getProtocol()).isEqualTo(version);
        assertThat(session.getRequestedServerNames())
                .containsExactly(new SNIHostName("peer.example"));
        both.one().write(new byte[] {1, 2, 3}, 0, 3);
        byte[] read = new byte[3];
        Messages.readFully(both.other(), read, 0, 3);
        assertThat(read).containsExactly(1, 2, 3);
    }

    /// Tickets of the server follow its handshake, and are passed over.
    @Test
    void what_follows_a_handshake_is_no_data() throws Exception {
        var both = handshake("TLSv1.3");
        both.other().write(new byte[] {7}, 0, 1);
        assertThat(both.one().read(new byte[10], 0, 10)).isEqualTo(1);
    }

    private Both<TlsDuplex, TlsDuplex> handshake(String version) throws Exception {
        SSLContext context = context();
        return Both.of(
                () -> begun(engine(context, true, version), ends.getFirst()),
                () -> begun(engine(context, false, version), ends.getLast()));
    }

    private TlsDuplex begun(SSLEngine engine, Duplex raw) throws IOException {
        var channel = new TlsDuplex(raw, engine, buffers);
        channel.handshake();
        return channel;
    }

    private static SSLEngine engine(SSLContext context, boolean client, String version)
            throws SSLException {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(client);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(new String[] {version});
        if (client) parameters.setServerNames(List.of(new SNIHostName("peer.example")));
        engine.setSSLParameters(parameters);
        return engine;
    }

    private SSLContext context() throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        trusted.setCertificateEntry("site", site.certificate());
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        TrustManager[] trust = factory.getTrustManagers();
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(new KeyManager[] {new HostKey(site)}, trust, null);
        return context;
    }
}
