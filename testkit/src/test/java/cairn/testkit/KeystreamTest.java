package cairn.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeystreamTest {
    /// 63 to 65 and 127: around ChaCha20's blocks; 15 to 17: around AES's; 65536: around the
    /// buffer.
    @ParameterizedTest
    @ValueSource(longs = {0, 1, 15, 16, 17, 63, 64, 65, 127, 65535, 65536, 65537, 199_999})
    void a_range_is_the_same_bytes_as_in_the_whole(long from) {
        for (Keystream keystream :
                new Keystream[] {Keystream.chacha20("s"), Keystream.aesCtr("s")}) {
            byte[] whole = keystream.bytes(0, 200_100);
            byte[] expected = java.util.Arrays.copyOfRange(whole, (int) from, (int) from + 100);
            assertThat(keystream.bytes(from, 100)).isEqualTo(expected);
        }
    }

    @Test
    void skipping_leads_to_the_same_bytes_as_reading() throws IOException {
        try (var in = Keystream.chacha20("s").stream(1000)) {
            assertThat(in.read()).isNotNegative();
            assertThat(in.skip(99)).isEqualTo(99);
            assertThat(in.readAllBytes()).isEqualTo(Keystream.chacha20("s").bytes(100, 900));
            assertThat(in.read()).isEqualTo(-1);
        }
    }

    /// The CID of IPIP-499 for one chunk under `unixfs-v1-2025` is this digest in base32.
    @Test
    void chacha20_is_the_data_of_ipip_499() throws Exception {
        byte[] data = Keystream.chacha20("chunk-v1-seed").bytes(0, 1 << 20);
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(data);
        assertThat(HexFormat.of().formatHex(digest))
                .isEqualTo("0268cb8e7373247d08ea6c0846700eb7b9c8eb58bfecbd921e4252e9e266ec98");
    }

    /// The CID that Helia gives to these 1,000,000 bytes is this digest in base32.
    @Test
    void aes_ctr_is_the_data_of_the_js_peer() throws Exception {
        byte[] data = Keystream.aesCtr("0").bytes(0, 1_000_000);
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(data);
        assertThat(HexFormat.of().formatHex(digest))
                .isEqualTo("0d17dff97d03e58a62b5e3fbf657d091a96c5745ce31d197748ce54615b1857f");
    }
}
