package cairn.multiformats.peer;

import static org.assertj.core.api.Assertions.assertThat;

import cairn.multiformats.MalformedException;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;

class PeerFuzzTest {
    @FuzzTest
    void an_id_that_is_read_is_what_would_be_written(byte @NotNull [] bytes) throws Exception {
        PeerId id;
        try {
            id = PeerId.of(bytes);
        } catch (MalformedException e) {
            assertThat(e.getMessage()).isNotBlank();
            return;
        }
        assertThat(id.bytes()).isEqualTo(bytes);
        assertThat(PeerId.parse(id.toString())).isEqualTo(id);
        assertThat(PeerId.parse(id.toCid().toString())).isEqualTo(id);
        id.publicKey().ifPresent(key -> assertThat(key.peerId()).isEqualTo(id));
    }

    @FuzzTest
    void a_text_that_is_read_names_one_id(@NotNull String text) throws Exception {
        PeerId id;
        try {
            id = PeerId.parse(text);
        } catch (MalformedException e) {
            assertThat(e.getMessage()).isNotBlank();
            return;
        }
        assertThat(PeerId.of(id.bytes())).isEqualTo(id);
        assertThat(PeerId.parse(id.toString())).isEqualTo(id);
    }

    @FuzzTest
    void a_key_that_is_read_is_what_would_be_written(byte @NotNull [] bytes) {
        PublicKey key;
        try {
            key = PublicKey.decode(bytes);
        } catch (MalformedException e) {
            assertThat(e.getMessage()).isNotBlank();
            return;
        }
        assertThat(key.encode()).isEqualTo(bytes);
        assertThat(key.peerId()).isNotNull();
        assertThat(key).hasToString(key.type().label() + " key of " + key.peerId());
    }
}
