package cairn.libp2p.tls;

import static org.assertj.core.api.Assertions.assertThat;

import cairn.libp2p.crypto.SigningKey;
import cairn.libp2p.wire.LargeBuffers;
import cairn.libp2p.wire.MemoryDuplex;
import cairn.libp2p.wire.Role;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

class TlsFuzzTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final Tls TLS =
            new Tls(
                    HostCertificate.make(SigningKey.generate(), NOW),
                    new LargeBuffers(),
                    InstantSource.fixed(NOW));

    @FuzzTest
    void no_bytes_made_without_keys_are_a_handshake(byte[] bytes) {
        for (Role role : Role.values()) {
            boolean secured;
            try {
                TLS.secure(MemoryDuplex.of(bytes), role, Optional.empty(), List.of("/m"));
                secured = true;
            } catch (IOException e) {
                secured = false;
            }
            assertThat(secured).isFalse();
        }
    }
}
