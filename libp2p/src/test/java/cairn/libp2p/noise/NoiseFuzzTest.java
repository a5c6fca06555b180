package cairn.libp2p.noise;

import static org.assertj.core.api.Assertions.assertThat;

import cairn.libp2p.crypto.SigningKey;
import cairn.libp2p.wire.InputBuffer;
import cairn.libp2p.wire.LargeBuffers;
import cairn.libp2p.wire.MemoryDuplex;
import cairn.libp2p.wire.Role;
import cairn.multiformats.MalformedException;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

class NoiseFuzzTest {
    private static final LargeBuffers BUFFERS = new LargeBuffers();

    @FuzzTest
    void a_payload_that_is_read_proves_nothing_by_itself(byte[] bytes) {
        try {
            HandshakePayload payload = HandshakePayload.decode(bytes);
            assertThat(payload.muxers().size()).isLessThanOrEqualTo(HandshakePayload.MAX_MUXERS);
            HandshakePayload again = HandshakePayload.decode(payload.encode());
            assertThat(again.key()).isEqualTo(payload.key());
            assertThat(payload.signs(new byte[32])).isFalse();
        } catch (MalformedException e) {
            assertThat(e).hasMessageMatching("(?s).+");
        }
    }

    @FuzzTest
    void no_bytes_made_without_keys_are_a_handshake(byte[] bytes) {
        var noise = new Noise(SigningKey.generate(), BUFFERS);
        for (Role role : Role.values()) {
            boolean secured;
            try {
                noise.secure(MemoryDuplex.of(bytes), role, Optional.empty(), List.of("/m"));
                secured = true;
            } catch (IOException e) {
                secured = false;
            }
            assertThat(secured).isFalse();
        }
    }

    @FuzzTest
    void no_bytes_made_without_keys_are_frames(byte[] bytes) {
        MemoryDuplex in = MemoryDuplex.of(bytes);
        var key = new CipherState(new byte[32]);
        var channel = new NoiseDuplex(in, new InputBuffer(in, BUFFERS), BUFFERS, key, key);
        int n;
        try {
            n = channel.read(new byte[100], 0, 100);
        } catch (IOException e) {
            n = -1;
        }
        assertThat(n).isEqualTo(-1);
    }
}
