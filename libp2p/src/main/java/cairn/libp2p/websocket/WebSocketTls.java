package cairn.libp2p.websocket;

import cairn.libp2p.wire.Duplex;
import java.io.IOException;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/// The TLS around a secure WebSocket, which is the web's: the server has a certificate for its
/// name, the client has none. Who the peer is shows only in the handshake inside.
public final class WebSocketTls {
    /// What makes a TLS channel of a bare one.
    @FunctionalInterface
    public interface Channels {
        /// Performs the handshake that the engine is set up for.
        Duplex over(Duplex raw, SSLEngine engine) throws IOException;
    }

    private final Channels channels;
    private final SSLContext client;
    private final Optional<SSLContext> server;

    /// @param client whose trust decides which servers are believed
    /// @param server with the certificates to listen with; empty to listen without TLS only
    public WebSocketTls(Channels channels, SSLContext client, Optional<SSLContext> server) {
        this.channels = Objects.requireNonNull(channels);
        this.client = Objects.requireNonNull(client);
        this.server = Objects.requireNonNull(server);
    }

    /// One that believes what the system believes, and doesn't listen.
    public static WebSocketTls ofSystem(Channels channels) throws IOException {
        try {
            return new WebSocketTls(channels, SSLContext.getDefault(), Optional.empty());
        } catch (NoSuchAlgorithmException e) {
            throw new IOException("the system's certificates can't be read", e);
        }
    }

    boolean canListen() {
        return server.isPresent();
    }

    Duplex client(Duplex raw, WebSocketAddress to) throws IOException {
        SSLEngine engine = client.createSSLEngine(to.host(), to.port());
        engine.setUseClientMode(true);
        SSLParameters parameters = modern(engine);
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        if (to.name().isPresent()) parameters.setServerNames(List.of(serverName(to.name().get())));
        engine.setSSLParameters(parameters);
        return channels.over(raw, engine);
    }

    private static SNIHostName serverName(String name) throws IOException {
        try {
            return new SNIHostName(name);
        } catch (IllegalArgumentException e) {
            throw new IOException("no name of a server: /sni/" + name, e);
        }
    }

    Duplex server(Duplex raw) throws IOException {
        SSLEngine engine =
                server.orElseThrow(() -> new IllegalStateException("can't listen"))
                        .createSSLEngine();
        engine.setUseClientMode(false);
        engine.setSSLParameters(modern(engine));
        return channels.over(raw, engine);
    }

    private static SSLParameters modern(SSLEngine engine) {
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        parameters.setApplicationProtocols(new String[] {"http/1.1"});
        return parameters;
    }
}
