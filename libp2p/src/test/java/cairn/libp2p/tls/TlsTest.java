package cairn.libp2p.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cairn.libp2p.crypto.SigningKey;
import cairn.libp2p.security.Secured;
import cairn.libp2p.security.Security;
import cairn.libp2p.security.SecurityContract;
import cairn.libp2p.security.SecurityHandshakeException;
import cairn.libp2p.wire.Both;
import cairn.libp2p.wire.Duplex;
import cairn.libp2p.wire.LargeBuffers;
import cairn.libp2p.wire.MemoryDuplex;
import cairn.libp2p.wire.Role;
import java.io.IOException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsTest extends SecurityContract {
    private static final InstantSource CLOCK = InstantSource.system();

    private final LargeBuffers buffers = new LargeBuffers();
    private final List<MemoryDuplex> ends = MemoryDuplex.pair();

    @Override
    protected Security of(SigningKey host) {
        return new Tls(HostCertificate.make(host, CLOCK.instant()), buffers, CLOCK);
    }

    @Test
    void aes_is_agreed_on_and_nothing_older_than_tls_13() throws Exception {
        var both = handshake();
        SSLEngine engine = ((TlsDuplex) both.one().channel()).engine();
        assertThat(engine.getSession().getProtocol()).isEqualTo("TLSv1.3");
        assertThat(engine.getSession().getCipherSuite()).isEqualTo("TLS_AES_128_GCM_SHA256");
    }

    @Test
    void no_tickets_follow_a_handshake() throws Exception {
        var both = handshake(ends.getFirst(), List.of(), ends.getLast(), List.of());
        assertThat(both.one().remoteKey()).isNotNull();
        assertThat(ends.getFirst().unread()).isZero();
        assertThat(ends.getLast().unread()).isZero();
    }

    /// Up to fifteen records, which the largest buffer holds, a write is one of the socket.
    @ParameterizedTest
    @ValueSource(ints = {1, 4_096, 16_384, 65_536, 240_000})
    void a_write_is_one_write_below(int size) throws Exception {
        var both = handshake(ends.getFirst(), List.of(), ends.getLast(), List.of());
        int before = ends.getFirst().writes().size();
        both.one().channel().write(new byte[size], 0, size);
        assertThat(ends.getFirst().writes()).hasSize(before + 1);
    }

    /// The dialler is done by then: it learns of the refusal when it reads.
    @Test
    void a_dialler_with_a_bad_certificate_is_refused_late() throws Exception {
        SigningKey victim = listener;
        KeyPair thief = keys();
        byte[] stolen = SignedKey.sign(victim, keys().getPublic().getEncoded()).encode();
        X509Certificate forged = HostCertificate.certificate(thief, stolen, Instant.now());
        var liar = new Tls(new HostCertificate(thief.getPrivate(), forged), buffers, CLOCK);

        var dialled =
                Both.started(
                        () -> liar.secure(ends.getFirst(), Role.INITIATOR, ANYONE, List.of("/m")));
        assertThatThrownBy(() -> answer(ends.getLast()))
                .isInstanceOf(SecurityHandshakeException.class)
                .hasMessageContaining("the peer did not sign its certificate's key");
        Duplex channel = Both.result(dialled).channel();
        assertThatThrownBy(() -> channel.read(new byte[1], 0, 1)).isInstanceOf(IOException.class);
    }

    @Test
    void a_certificate_of_another_time_is_refused() {
        var past =
                new Tls(
                        HostCertificate.make(dialler, Instant.parse("1900-01-01T00:00:00Z")),
                        buffers,
                        CLOCK);
        assertThatThrownBy(
                        () ->
                                Both.of(
                                        () -> answer(ends.getLast()),
                                        () ->
                                                past.secure(
                                                        ends.getFirst(),
                                                        Role.INITIATOR,
                                                        ANYONE,
                                                        List.of())))
                .isInstanceOf(SecurityHandshakeException.class);
    }

    @Test
    void closing_tells_the_other_end_even_when_it_is_not_gone() throws Exception {
        var both = handshake(ends.getFirst(), List.of(), ends.getLast(), List.of());
        int before = ends.getFirst().writes().size();
        both.one().channel().close();
        assertThat(ends.getFirst().writes()).hasSize(before + 1);
        assertThat(both.other().channel().read(new byte[1], 0, 1)).isEqualTo(-1);
    }

    private Secured answer(Duplex raw) throws IOException {
        return of(listener).secure(raw, Role.RESPONDER, Optional.empty(), List.of("/m"));
    }

    private static KeyPair keys() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        return generator.generateKeyPair();
    }
}
