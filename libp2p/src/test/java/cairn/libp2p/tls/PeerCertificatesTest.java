package cairn.libp2p.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cairn.libp2p.crypto.DerReader;
import cairn.libp2p.crypto.DerWriter;
import cairn.libp2p.crypto.SigningKey;
import cairn.multiformats.peer.PeerId;
import cairn.multiformats.peer.PublicKey;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.math.BigInteger;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PeerCertificatesTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final Optional<PeerId> ANYONE = Optional.empty();

    private final SigningKey host = SigningKey.generate();
    private final X509Certificate certificate = HostCertificate.make(host, NOW).certificate();

    @Test
    void the_hosts_certificate_proves_its_key() throws Exception {
        assertThat(check(certificate)).isEqualTo(host.publicKey());
        assertThat(PeerCertificates.keyOf(certificate)).isEqualTo(host.publicKey());
        PeerCertificates.check(chain(certificate), Optional.of(host.peerId()), NOW);
    }

    @Test
    void the_hosts_certificate_is_of_a_key_made_for_it_alone() {
        var other = HostCertificate.make(host, NOW);
        assertThat(other.certificate().getPublicKey()).isNotEqualTo(certificate.getPublicKey());
        assertThat(certificate.getSigAlgName()).isEqualTo("SHA256withECDSA");
        assertThat(certificate.getSubjectX500Principal().getName()).doesNotContain("libp2p");
    }

    @Test
    void another_peer_than_the_expected_is_refused() {
        PeerId other = SigningKey.generate().peerId();
        assertThatThrownBy(
                        () -> PeerCertificates.check(chain(certificate), Optional.of(other), NOW))
                .isInstanceOf(CertificateException.class)
                .hasMessageContaining(host.peerId().toString())
                .hasMessageContaining(other.toString());
    }

    /// An hour back for clocks that differ, and a hundred years on.
    @Test
    void the_hosts_certificate_is_valid_from_an_hour_before_it_was_made() throws Exception {
        for (Duration later : List.of(Duration.ofMinutes(-59), Duration.ofDays(36_499)))
            PeerCertificates.check(chain(certificate), ANYONE, NOW.plus(later));
        for (Duration later : List.of(Duration.ofMinutes(-61), Duration.ofDays(36_501)))
            assertThatThrownBy(
                            () ->
                                    PeerCertificates.check(
                                            chain(certificate), ANYONE, NOW.plus(later)))
                    .isInstanceOf(CertificateException.class);
    }

    @Test
    void one_certificate_is_shown_and_no_chain() {
        for (X509Certificate[] shown :
                List.of(chain(), chain(certificate, certificate), chain(certificate, null)))
            assertThatThrownBy(() -> PeerCertificates.check(shown, ANYONE, NOW))
                    .isInstanceOf(CertificateException.class)
                    .hasMessage("a peer shows one certificate, not " + shown.length);
        assertThatThrownBy(() -> PeerCertificates.check(null, ANYONE, NOW))
                .isInstanceOf(CertificateException.class);
    }

    /// The host's signature over one certificate's key is of no use in another's.
    @Test
    void a_signature_taken_from_another_certificate_is_refused() throws Exception {
        KeyPair thief = keys();
        byte[] stolen = SignedKey.sign(host, certificate.getPublicKey().getEncoded()).encode();
        X509Certificate forged = HostCertificate.certificate(thief, stolen, NOW);
        assertThatThrownBy(() -> check(forged))
                .isInstanceOf(CertificateException.class)
                .hasMessage("the peer did not sign its certificate's key");
    }

    @Test
    void a_certificate_signed_by_another_key_is_refused() throws Exception {
        KeyPair own = keys();
        KeyPair other = keys();
        byte[] extension = SignedKey.sign(host, own.getPublic().getEncoded()).encode();
        X509Certificate signedByOther =
                HostCertificate.certificate(
                        new KeyPair(own.getPublic(), other.getPrivate()), extension, NOW);
        assertThatThrownBy(() -> check(signedByOther))
                .isInstanceOf(CertificateException.class)
                .hasMessage("the certificate is not signed by itself");
    }

    /// What such a key verifies costs a hundred times as much, before anybody is known.
    @Test
    void an_rsa_key_with_a_long_exponent_is_refused_unused() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        BigInteger modulus = ((RSAPublicKey) generator.generateKeyPair().getPublic()).getModulus();
        BigInteger exponent = BigInteger.TWO.pow(31).add(BigInteger.ONE);
        var costly =
                KeyFactory.getInstance("RSA")
                        .generatePublic(new RSAPublicKeySpec(modulus, exponent));
        KeyPair pair = new KeyPair(costly, keys().getPrivate());
        byte[] extension = SignedKey.sign(host, costly.getEncoded()).encode();
        X509Certificate shown = HostCertificate.certificate(pair, extension, NOW);

        assertThatThrownBy(() -> check(shown))
                .isInstanceOf(CertificateException.class)
                .hasMessage("RSA of 2048 bits, with an exponent of 32");
    }

    static Stream<byte[]> malformed_extensions() throws GeneralSecurityException {
        byte[] good =
                SignedKey.sign(SigningKey.generate(), keys().getPublic().getEncoded()).encode();
        byte[] longer = Arrays.copyOf(good, good.length + 1);
        byte[] otherTag = good.clone();
        otherTag[0] = 0x31;
        byte[] noKeyType = good.clone();
        noKeyType[5] = 9;
        return Stream.of(
                new byte[0],
                new byte[] {0x30},
                new byte[] {0x30, 0},
                new byte[] {0x30, (byte) 0x80},
                new byte[] {0x30, (byte) 0x84, 0x7f, -1, -1, -1},
                DerWriter.value(
                        DerReader.SEQUENCE,
                        DerWriter.value(DerReader.OCTET_STRING),
                        DerWriter.value(DerReader.OCTET_STRING)),
                Arrays.copyOf(good, good.length - 1),
                longer,
                otherTag,
                noKeyType);
    }

    @ParameterizedTest
    @MethodSource("malformed_extensions")
    void a_malformed_extension_is_refused(byte[] extension) throws Exception {
        X509Certificate bad = HostCertificate.certificate(keys(), extension, NOW);
        assertThatThrownBy(() -> check(bad))
                .isInstanceOf(CertificateException.class)
                .hasMessage("the peer's key in the certificate is malformed");
    }

    static List<List<String>> vectors() throws IOException {
        try (InputStream in = PeerCertificatesTest.class.getResourceAsStream("certificates.tsv")) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> List.of(line.split("\t")))
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void the_specs_certificates_are_judged_as_it_says(List<String> row) throws Exception {
        X509Certificate shown = parse(HexFormat.of().parseHex(row.get(2)));
        if (row.get(0).equals("invalid"))
            assertThatThrownBy(() -> check(shown)).isInstanceOf(CertificateException.class);
        else assertThat(check(shown).peerId()).hasToString(row.get(1));
    }

    private static X509Certificate parse(byte[] der) throws CertificateException {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(der));
    }

    private static PublicKey check(X509Certificate shown) throws CertificateException {
        return PeerCertificates.check(chain(shown), ANYONE, NOW);
    }

    private static X509Certificate[] chain(X509Certificate... certificates) {
        return certificates;
    }

    private static KeyPair keys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        return generator.generateKeyPair();
    }
}
