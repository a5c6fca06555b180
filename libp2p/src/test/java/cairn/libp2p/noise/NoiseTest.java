package cairn.libp2p.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cairn.libp2p.crypto.SigningKey;
import cairn.libp2p.security.Secured;
import cairn.libp2p.security.Security;
import cairn.libp2p.security.SecurityContract;
import cairn.libp2p.security.SecurityHandshakeException;
import cairn.libp2p.wire.Both;
import cairn.libp2p.wire.Duplex;
import cairn.libp2p.wire.InputBuffer;
import cairn.libp2p.wire.LargeBuffers;
import cairn.libp2p.wire.MemoryDuplex;
import cairn.libp2p.wire.Role;
import cairn.multiformats.peer.PublicKey;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NoiseTest extends SecurityContract {
    private final LargeBuffers buffers = new LargeBuffers();
    private final List<MemoryDuplex> ends = MemoryDuplex.pair();

    @Override
    protected Security of(SigningKey host) {
        return new Noise(host, buffers);
    }

    /// Up to the largest buffer, a write is one of the socket, however many frames it makes.
    @ParameterizedTest
    @ValueSource(ints = {1, 4_096, 65_536, 200_000, 262_000})
    void a_write_is_one_write_below(int size) throws Exception {
        var both = handshake(ends.getFirst(), List.of(), ends.getLast(), List.of());
        int before = ends.getFirst().writes().size();
        both.one().channel().write(new byte[size], 0, size);
        assertThat(ends.getFirst().writes()).hasSize(before + 1);
        int frames = (size + NoiseDuplex.MAX_PLAIN_BYTES - 1) / NoiseDuplex.MAX_PLAIN_BYTES;
        assertThat(ends.getFirst().writes().getLast()).isEqualTo(size + frames * 18);
    }

    @Test
    void empty_frames_are_passed_over() throws Exception {
        byte[] key = new byte[32];
        var sender = new CipherState(key);
        byte[] frames = new byte[3 * 18 + 1];
        for (int i = 0; i < 3; i++) {
            int plain = i == 2 ? 1 : 0;
            frames[i * 18 + 1] = (byte) (16 + plain);
            sender.encrypt(new byte[0], new byte[] {5}, 0, plain, frames, i * 18 + 2);
        }
        Duplex in = MemoryDuplex.of(frames);
        var channel =
                new NoiseDuplex(
                        in,
                        new InputBuffer(in, buffers),
                        buffers,
                        new CipherState(key),
                        new CipherState(key));
        byte[] read = new byte[2];
        assertThat(channel.read(read, 0, 2)).isEqualTo(1);
        assertThat(read[0]).isEqualTo((byte) 5);
        assertThat(channel.read(read, 0, 2)).isEqualTo(-1);
    }

    @Test
    void a_frame_shorter_than_a_tag_ends_the_connection() {
        MemoryDuplex in = MemoryDuplex.of(new byte[] {0, 3, 1, 2, 3});
        var key = new CipherState(new byte[32]);
        var channel = new NoiseDuplex(in, new InputBuffer(in, buffers), buffers, key, key);
        assertThatThrownBy(() -> channel.read(new byte[5], 0, 5))
                .isInstanceOf(IOException.class)
                .hasMessage("encrypted message of 3 bytes, shorter than a tag");
        assertThat(in.isClosed()).isTrue();
    }

    @Test
    void a_list_of_over_a_hundred_muxers_counts_as_none() throws Exception {
        for (int size : List.of(100, 101)) {
            var pair = MemoryDuplex.pair();
            List<String> many = Collections.nCopies(size, "/m");
            var both = handshake(pair.getFirst(), many, pair.getLast(), List.of("/m"));
            assertThat(both.other().muxer().isPresent()).isEqualTo(size == 100);
        }
    }

    @Test
    void a_key_that_did_not_sign_the_static_key_is_refused() {
        assertRefused(
                HandshakePayload.sign(SigningKey.generate(), new byte[32], List.of()).encode(),
                "the peer did not sign its static key");
    }

    @Test
    void a_payload_of_another_handshake_is_refused() throws Exception {
        KeyAgreement earlier = KeyAgreement.generate(new SecureRandom());
        assertRefused(
                HandshakePayload.sign(dialler, earlier.publicKey(), List.of()).encode(),
                "the peer did not sign its static key");
    }

    @Test
    void a_payload_without_a_key_is_refused() {
        assertRefused(new byte[0], "public key: Type or Data is missing");
        assertRefused(new byte[] {9, 9}, "noise payload: identity_key has wire type 1, not 2");
    }

    /// A liar who dials, and says this in its second message.
    private void assertRefused(byte[] payload, String message) {
        var pair = MemoryDuplex.pair();
        assertThatThrownBy(
                        () ->
                                Both.of(
                                        () -> lie(pair.getFirst(), payload),
                                        () -> answer(pair.getLast())))
                .isInstanceOf(SecurityHandshakeException.class)
                .hasMessage(message);
    }

    private Secured answer(Duplex raw) throws IOException {
        return of(listener).secure(raw, Role.RESPONDER, Optional.empty(), List.of());
    }

    private static PublicKey lie(Duplex raw, byte[] payload) throws IOException {
        var random = new SecureRandom();
        var handshake =
                new XxHandshake(
                        Role.INITIATOR,
                        KeyAgreement.generate(random),
                        KeyAgreement.generate(random),
                        new byte[0]);
        Noise.send(raw, handshake.write(new byte[0]));
        var in = new InputBuffer(raw, new LargeBuffers());
        PublicKey key = HandshakePayload.decode(handshake.read(Noise.handshakeMessage(in))).key();
        Noise.send(raw, handshake.write(payload));
        return key;
    }

    @Test
    void a_handshake_message_is_held_to_its_size_before_it_is_read() {
        assertThatThrownBy(() -> answer(MemoryDuplex.of(new byte[] {(byte) 0xff, (byte) 0xff})))
                .isInstanceOf(SecurityHandshakeException.class)
                .hasMessage("handshake message of 65535 bytes; at most 4094 are read");
    }
}
