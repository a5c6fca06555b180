package cairn.libp2p.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CipherStateTest {
    private static final byte[] NOTHING = new byte[0];

    private final byte[] key = new byte[32];

    @Test
    void a_message_is_decrypted_in_its_place() throws Exception {
        byte[] bytes = new byte[100_000];
        for (int i = 0; i < 50_000; i++) bytes[i + 7] = (byte) i;
        byte[] wanted = bytes.clone();
        int length = new CipherState(key).encrypt(NOTHING, bytes, 7, 50_000, bytes, 7);
        assertThat(bytes[7]).isNotEqualTo(wanted[7]);
        assertThat(new CipherState(key).decrypt(NOTHING, bytes, 7, length, bytes, 7))
                .isEqualTo(50_000);
        assertThat(bytes).startsWith(Arrays.copyOf(wanted, 50_007));
    }

    @Test
    void messages_are_numbered() throws Exception {
        var sender = new CipherState(key);
        byte[] first = encrypted(sender);
        byte[] second = encrypted(sender);
        assertThat(second).isNotEqualTo(first);
        var receiver = new CipherState(key);
        assertThatThrownBy(() -> receiver.decrypt(NOTHING, second, 0, 20, second.clone(), 0))
                .isInstanceOf(IOException.class)
                .hasMessage("encrypted message isn't what was sent");
    }

    @Test
    void the_last_number_is_never_used() throws Exception {
        var sender = new CipherState(key, -2);
        encrypted(sender);
        assertThatThrownBy(() -> encrypted(sender))
                .isInstanceOf(IOException.class)
                .hasMessage("the key has no messages left");
        var receiver = new CipherState(key, -1);
        assertThatThrownBy(() -> receiver.decrypt(NOTHING, new byte[20], 0, 20, new byte[4], 0))
                .hasMessage("the key has no messages left");
    }

    @Test
    void what_is_associated_must_be_the_same() throws Exception {
        byte[] message = new byte[20];
        new CipherState(key).encrypt(new byte[] {1}, new byte[4], 0, 4, message, 0);
        assertThatThrownBy(
                        () ->
                                new CipherState(key)
                                        .decrypt(new byte[] {2}, message, 0, 20, new byte[4], 0))
                .isInstanceOf(IOException.class);
    }

    private static byte[] encrypted(CipherState sender) throws IOException {
        byte[] message = new byte[20];
        sender.encrypt(NOTHING, new byte[4], 0, 4, message, 0);
        return message;
    }
}
