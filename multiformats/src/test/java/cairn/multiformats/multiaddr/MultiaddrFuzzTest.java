package cairn.multiformats.multiaddr;

import static org.assertj.core.api.Assertions.assertThat;

import cairn.multiformats.MalformedException;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;

class MultiaddrFuzzTest {
    @FuzzTest
    void bytes_that_are_read_are_what_would_be_written(byte @NotNull [] bytes) throws Exception {
        Multiaddr address;
        try {
            address = Multiaddr.of(bytes);
        } catch (MalformedException e) {
            assertThat(e.getMessage()).isNotBlank();
            return;
        }
        assertThat(address.bytes()).isEqualTo(bytes);
        if (address.toString().length() <= Multiaddr.MAX_TEXT_CHARS)
            assertThat(Multiaddr.parse(address.toString())).isEqualTo(address);
    }

    @FuzzTest
    void a_text_that_is_read_has_one_form(@NotNull String text) throws Exception {
        Multiaddr address;
        try {
            address = Multiaddr.parse(text);
        } catch (MalformedException e) {
            assertThat(e.getMessage()).isNotBlank();
            return;
        }
        assertThat(Multiaddr.of(address.bytes())).isEqualTo(address);
        assertThat(address.toString()).startsWith("/");
        if (address.toString().length() <= Multiaddr.MAX_TEXT_CHARS)
            assertThat(Multiaddr.parse(address.toString())).isEqualTo(address);
        address.peer().ifPresent(peer -> assertThat(address.withPeer(peer)).isEqualTo(address));
    }
}
