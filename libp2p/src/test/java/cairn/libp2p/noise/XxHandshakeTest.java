package cairn.libp2p.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cairn.libp2p.wire.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class XxHandshakeTest {
    private static final byte[] NOTHING = new byte[0];
    private static final SecureRandom RANDOM = new SecureRandom();

    private final XxHandshake initiator = handshake(Role.INITIATOR);
    private final XxHandshake responder = handshake(Role.RESPONDER);

    @Test
    void messages_are_those_of_the_official_vectors() throws Exception {
        List<Map<String, String>> vectors = vectors();
        assertThat(vectors).hasSizeGreaterThanOrEqualTo(4);
        for (Map<String, String> vector : vectors) {
            byte[] prologue = bytes(vector, "prologue");
            var there =
                    new XxHandshake(
                            Role.INITIATOR,
                            new KeyAgreement(bytes(vector, "init_static")),
                            new KeyAgreement(bytes(vector, "gen_init_ephemeral")),
                            prologue);
            var here =
                    new XxHandshake(
                            Role.RESPONDER,
                            new KeyAgreement(bytes(vector, "resp_static")),
                            new KeyAgreement(bytes(vector, "gen_resp_ephemeral")),
                            prologue);
            for (int i = 0; i < 3; i++) {
                byte[] payload = bytes(vector, "msg_" + i + "_payload");
                byte[] message = (i == 1 ? here : there).write(payload);
                assertThat(message).isEqualTo(bytes(vector, "msg_" + i + "_ciphertext"));
                assertThat((i == 1 ? there : here).read(message)).isEqualTo(payload);
            }
            // Those that follow are in turn again, the initiator's first.
            CipherState[] senders = {
                here.finish().getFirst(), there.finish().getFirst(),
            };
            for (int i = 3; vector.containsKey("msg_" + i + "_payload"); i++) {
                byte[] payload = bytes(vector, "msg_" + i + "_payload");
                byte[] message = new byte[payload.length + CipherState.TAG_BYTES];
                senders[i % 2].encrypt(NOTHING, payload, 0, payload.length, message, 0);
                assertThat(message).isEqualTo(bytes(vector, "msg_" + i + "_ciphertext"));
            }
        }
    }

    @Test
    void each_end_comes_to_know_the_others_static_key() throws Exception {
        KeyAgreement key = KeyAgreement.generate(RANDOM);
        var there = new XxHandshake(Role.INITIATOR, key, KeyAgreement.generate(RANDOM), NOTHING);
        responder.read(there.write(NOTHING));
        there.read(responder.write(NOTHING));
        responder.read(there.write(NOTHING));
        assertThat(responder.remoteStatic()).isEqualTo(key.publicKey());
    }

    /// In the ephemeral key, the static key and its tag, the payload's tag.
    @ParameterizedTest
    @ValueSource(ints = {0, 31, 32, 70, 95})
    void a_changed_second_message_is_refused(int at) throws Exception {
        responder.read(initiator.write(NOTHING));
        byte[] message = responder.write(NOTHING);
        message[at] ^= 1;
        assertThatThrownBy(() -> initiator.read(message)).isInstanceOf(IOException.class);
    }

    @Test
    void a_prologue_that_differs_is_noticed() throws Exception {
        var other =
                new XxHandshake(
                        Role.RESPONDER,
                        KeyAgreement.generate(RANDOM),
                        KeyAgreement.generate(RANDOM),
                        new byte[] {1});
        other.read(initiator.write(NOTHING));
        byte[] message = other.write(NOTHING);
        assertThatThrownBy(() -> initiator.read(message)).isInstanceOf(IOException.class);
    }

    @Test
    void a_message_cut_short_is_refused() throws Exception {
        assertThatThrownBy(() -> handshake(Role.RESPONDER).read(new byte[31]))
                .isInstanceOf(IOException.class)
                .hasMessage("handshake message of 31 bytes");
        responder.read(initiator.write(NOTHING));
        byte[] message = responder.write(NOTHING);
        assertThatThrownBy(() -> initiator.read(Arrays.copyOf(message, message.length - 1)))
                .isInstanceOf(IOException.class);
    }

    /// Zero, one, and another of the points of small order: RFC 7748, 6.1.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000000000000000000000000000000000000000000000000000000000000000",
                "0100000000000000000000000000000000000000000000000000000000000000",
                "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800"
            })
    void a_key_that_agrees_with_all_keys_is_refused(String point) throws Exception {
        responder.read(HexFormat.of().parseHex(point));
        assertThatThrownBy(() -> responder.write(NOTHING))
                .isInstanceOf(IOException.class)
                .hasMessage("the other end's key agrees with all keys");
    }

    @Test
    void there_are_three_messages() throws Exception {
        assertThatIllegalStateException().isThrownBy(initiator::finish);
        responder.read(initiator.write(NOTHING));
        initiator.read(responder.write(NOTHING));
        initiator.write(NOTHING);
        assertThatIllegalStateException().isThrownBy(() -> initiator.write(NOTHING));
    }

    private static XxHandshake handshake(Role role) {
        return new XxHandshake(
                role, KeyAgreement.generate(RANDOM), KeyAgreement.generate(RANDOM), NOTHING);
    }

    private static byte[] bytes(Map<String, String> vector, String name) {
        return HexFormat.of().parseHex(vector.getOrDefault(name, ""));
    }

    private static List<Map<String, String>> vectors() throws IOException {
        String name = "shared/vectors/noise/xx_25519_chachapoly_sha256.txt";
        Path at = Path.of("").toAbsolutePath();
        while (at != null && !Files.exists(at.resolve(name))) at = at.getParent();
        Assumptions.assumeTrue(at != null, "no official vectors in ../shared/vectors");
        List<Map<String, String>> vectors = new ArrayList<>();
        for (String line : Files.readAllLines(at.resolve(name))) {
            if (line.startsWith("handshake=")) vectors.add(new HashMap<>());
            int equals = line.indexOf('=');
            if (equals > 0)
                vectors.getLast().put(line.substring(0, equals), line.substring(equals + 1));
        }
        return vectors;
    }
}
