package cairn.libp2p.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import cairn.multiformats.MalformedException;
import cairn.multiformats.peer.KeyType;
import cairn.multiformats.peer.PublicKey;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

class KeyFuzzTest {
    private static final byte[] MESSAGE = {1, 2, 3};
    private static final Map<KeyType, VerifyingKey> KEYS = keys();

    private static Map<KeyType, VerifyingKey> keys() {
        Map<KeyType, VerifyingKey> keys = new EnumMap<>(KeyType.class);
        try {
            for (KeyType type : KeyType.values())
                keys.put(type, VerifyingKey.of(SigningKey.generate(type).publicKey()));
        } catch (MalformedException e) {
            throw new IllegalStateException("a key just made", e);
        }
        return keys;
    }

    @FuzzTest
    void a_private_key_that_is_read_signs_what_its_public_key_verifies(byte @NotNull [] bytes)
            throws Exception {
        SigningKey key;
        try {
            key = SigningKey.decode(bytes);
        } catch (MalformedException e) {
            assertThat(e.getMessage()).isNotBlank();
            return;
        }
        assertThat(SigningKey.decode(key.encode()).encode()).isEqualTo(key.encode());
        // Numbers that are no primes fit together too, but then not every signature comes out.
        if (key.type() != KeyType.RSA)
            assertThat(VerifyingKey.of(key.publicKey()).verify(MESSAGE, key.sign(MESSAGE)))
                    .isTrue();
    }

    @FuzzTest
    void pem_text_is_a_key_or_malformed(byte @NotNull [] bytes) throws Exception {
        SigningKey key;
        try {
            key = SigningKey.ofPem(bytes);
        } catch (MalformedException e) {
            assertThat(e.getMessage()).isNotBlank();
            return;
        }
        assertThat(SigningKey.decode(key.encode()).encode()).isEqualTo(key.encode());
    }

    @FuzzTest
    void a_public_key_is_read_or_malformed(byte @NotNull [] bytes) {
        try {
            PublicKey key = PublicKey.decode(bytes);
            assertThat(key.encode()).isEqualTo(bytes);
            VerifyingKey verifying = VerifyingKey.of(key);
            assertThat(verifying.verify(MESSAGE, new byte[64])).isFalse();
        } catch (MalformedException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    /// The keys are new in each run, so that nothing is their signature.
    @FuzzTest
    void no_bytes_are_a_signature(byte @NotNull [] bytes) {
        if (bytes.length == 0) return;
        KeyType type = KeyType.of(bytes[0] & 3).orElseThrow();
        byte[] signature = Arrays.copyOfRange(bytes, 1, bytes.length);
        assertThat(KEYS.get(type).verify(MESSAGE, signature)).isFalse();
    }
}
