package cairn.libp2p.tls;

import static org.assertj.core.api.Assertions.assertThat;

import cairn.libp2p.crypto.SigningKey;
import cairn.multiformats.MalformedException;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;

class CertificateFuzzTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    @FuzzTest
    void a_certificate_is_a_peers_or_refused(byte[] der) throws Exception {
        X509Certificate[] chain = new X509Certificate[1];
        try {
            chain[0] = PeerCertificates.read(der);
            assertThat(PeerCertificates.check(chain, Optional.empty(), NOW))
                    .isEqualTo(PeerCertificates.keyOf(chain[0]));
        } catch (CertificateException e) {
            assertThat(e).hasMessageMatching("(?s).+");
        }
    }

    @FuzzTest
    void an_extension_that_is_read_is_what_would_be_written(byte[] der) {
        try {
            assertThat(SignedKey.decode(der).encode()).isEqualTo(der);
        } catch (MalformedException e) {
            assertThat(e).hasMessageMatching("(?s).+");
        }
    }

    @FuzzTest
    void an_extension_signs_no_key_that_its_owner_did_not(byte[] der) {
        byte[] subject = SigningKey.generate().publicKey().encode();
        try {
            assertThat(SignedKey.decode(der).signs(subject)).isFalse();
        } catch (MalformedException e) {
            assertThat(e).hasMessageMatching("(?s).+");
        }
    }
}
