package cairn.libp2p.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cairn.multiformats.MalformedException;
import cairn.multiformats.peer.KeyType;
import cairn.multiformats.protobuf.ProtoMessage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EnvelopeTest {
    private static final Envelope.Kind KIND = new Envelope.Kind("cairn-test", 0x0309);

    @ParameterizedTest
    @EnumSource(KeyType.class)
    void what_a_peer_sealed_is_opened(KeyType type) throws Exception {
        SigningKey key = SigningKey.generate(type);
        for (int size : List.of(0, 1, 127, 128, 60_000)) {
            byte[] sealed = Envelope.seal(key, KIND, new byte[size]).encode();
            Envelope opened = Envelope.open(sealed, KIND);
            assertThat(opened.key()).isEqualTo(key.publicKey());
            assertThat(opened.payload()).isEqualTo(new byte[size]);
            assertThat(opened.encode()).isEqualTo(sealed);
        }
    }

    @Test
    void an_envelope_for_one_thing_is_none_for_another() {
        byte[] sealed = Envelope.seal(SigningKey.generate(), KIND, new byte[9]).encode();
        refused(sealed, new Envelope.Kind("cairn-other", KIND.type()), "not signed");
        refused(sealed, new Envelope.Kind(KIND.domain(), 0x0302), "not of the type");
    }

    @Test
    void any_change_is_seen() throws Exception {
        byte[] sealed = Envelope.seal(SigningKey.generate(), KIND, new byte[9]).encode();
        for (int i = 0; i < sealed.length; i++) {
            byte[] changed = sealed.clone();
            changed[i] ^= 1;
            assertThatThrownBy(() -> Envelope.open(changed, KIND))
                    .as("byte %d", i)
                    .isInstanceOf(MalformedException.class);
        }
    }

    @Test
    void an_envelope_with_a_part_missing_is_refused() {
        SigningKey key = SigningKey.generate();
        byte[] publicKey = key.publicKey().encode();
        byte[] type = {3, 9};
        refused(new byte[0], KIND, "type");
        refused(new ProtoMessage().bytes(1, publicKey).encode(), KIND, "type");
        refused(new ProtoMessage().bytes(2, type).encode(), KIND, "public key");
        refused(new ProtoMessage().bytes(1, publicKey).bytes(2, type).encode(), KIND, "not signed");
    }

    @Test
    void fields_of_later_versions_are_passed_over() throws Exception {
        byte[] sealed = Envelope.seal(SigningKey.generate(), KIND, new byte[9]).encode();
        byte[] more = new ProtoMessage().number(4, 7).text(6, "more").encode();
        byte[] both = new byte[sealed.length + more.length];
        System.arraycopy(more, 0, both, 0, more.length);
        System.arraycopy(sealed, 0, both, more.length, sealed.length);
        assertThat(Envelope.open(both, KIND).encode()).isEqualTo(sealed);
    }

    @Test
    void an_envelope_that_is_too_long_is_neither_made_nor_read() {
        byte[] tooLong = new byte[Envelope.MAX_BYTES + 1];
        refused(tooLong, KIND, "65537 bytes");
        assertThatThrownBy(() -> Envelope.seal(SigningKey.generate(), KIND, tooLong))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_payload_type_has_two_bytes() {
        for (int type : List.of(-1, 0x10000))
            assertThatThrownBy(() -> new Envelope.Kind("cairn-test", type))
                    .isInstanceOf(IllegalArgumentException.class);
    }

    private static void refused(byte[] envelope, Envelope.Kind kind, String why) {
        assertThatThrownBy(() -> Envelope.open(envelope, kind))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining(why);
    }
}
