package cairn.libp2p.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cairn.libp2p.crypto.SigningKey;
import cairn.libp2p.wire.LargeBuffers;
import cairn.multiformats.peer.PublicKey;
import java.io.ByteArrayInputStream;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// A certificate without names is held to all else that one with names is.
class NamelessCertificateTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private final SigningKey host = SigningKey.generate();
    private final X509Certificate nameless = NamelessHosts.certificate(host, NOW).certificate();

    @Test
    void it_proves_its_hosts_key() throws Exception {
        assertThat(check(nameless)).isEqualTo(host.publicKey());
        assertThat(PeerCertificates.keyOf(nameless)).isEqualTo(host.publicKey());
    }

    @Test
    void it_keeps_its_bytes_and_has_no_names() throws Exception {
        assertThat(PeerCertificates.read(nameless.getEncoded())).isEqualTo(nameless);
        assertThat(nameless.getIssuerX500Principal().getName()).isEmpty();
        assertThat(nameless.getSubjectX500Principal().getName()).isEmpty();
    }

    @Test
    void it_is_of_its_time_alone() throws Exception {
        for (Duration later : List.of(Duration.ofMinutes(-61), Duration.ofDays(36_501)))
            assertThatThrownBy(
                            () ->
                                    PeerCertificates.check(
                                            chain(nameless), Optional.empty(), NOW.plus(later)))
                    .isInstanceOf(CertificateException.class);
    }

    @Test
    void it_is_refused_where_another_key_signed_it() throws Exception {
        KeyPair own = keys();
        KeyPair mixed = new KeyPair(own.getPublic(), keys().getPrivate());
        X509Certificate forged = PeerCertificates.read(NamelessHosts.der(host, mixed, NOW));
        assertThatThrownBy(() -> check(forged))
                .isInstanceOf(CertificateException.class)
                .hasMessage("the certificate is not signed by itself");
    }

    /// Each byte counts: it is malformed, or its signature fits no longer.
    @Test
    void it_is_refused_with_any_byte_changed() throws Exception {
        byte[] der = nameless.getEncoded();
        // How many bits of the signature's last byte don't count: where those are zero, it changes
        // nothing.
        int unusedBits = der.length - nameless.getSignature().length - 1;
        for (int i = 0; i < der.length; i++) {
            if (i == unusedBits) continue;
            byte[] changed = der.clone();
            changed[i] ^= 1;
            assertThatThrownBy(() -> check(PeerCertificates.read(changed)))
                    .as("byte %d", i)
                    .isInstanceOf(CertificateException.class);
        }
    }

    /// What a process does besides libp2p is not to be less strict for it.
    @Test
    void the_platform_refuses_it_outside_a_handshake_as_ever() throws Exception {
        assertThat(
                        new Tls(
                                HostCertificate.make(host, NOW),
                                new LargeBuffers(),
                                InstantSource.system()))
                .isNotNull();
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        byte[] der = nameless.getEncoded();
        assertThat(factory.getProvider().getName()).isEqualTo("SUN");
        assertThatThrownBy(() -> factory.generateCertificate(new ByteArrayInputStream(der)))
                .isInstanceOf(CertificateException.class);
    }

    private static PublicKey check(X509Certificate shown) throws CertificateException {
        return PeerCertificates.check(chain(shown), Optional.empty(), NOW);
    }

    private static X509Certificate[] chain(X509Certificate... certificates) {
        return certificates;
    }

    private static KeyPair keys() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        return generator.generateKeyPair();
    }
}
