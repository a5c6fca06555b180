package cairn.libp2p.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cairn.libp2p.wire.MemoryDuplex;
import cairn.libp2p.wire.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;

class WebSocketDuplexTest {
    private static byte[] hex(String text) {
        return HexFormat.ofDelimiter(" ").parseHex(text);
    }

    private static byte[] readAll(WebSocketDuplex duplex) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] some = new byte[700];
        for (int n = duplex.read(some, 0, 700); n >= 0; n = duplex.read(some, 0, 700))
            all.write(some, 0, n);
        return all.toByteArray();
    }

    /// The examples of RFC 6455, 5.7, with the opcode of a binary message where theirs is text.
    @ParameterizedTest
    @CsvSource({
        "INITIATOR, 82 05 48 65 6c 6c 6f",
        "RESPONDER, 82 85 37 fa 21 3d 7f 9f 4d 51 58",
        "INITIATOR, 02 03 48 65 6c 80 02 6c 6f",
    })
    void the_examples_of_the_rfc_say_hello(Role role, String bytes) throws Exception {
        for (int piece : new int[] {1, 3, 100}) {
            Wire wire = new Wire(hex(bytes), piece);
            assertThat(readAll(new WebSocketDuplex(wire, role, new byte[0])))
                    .asString()
                    .isEqualTo("Hello");
            assertThat(readAll(new WebSocketDuplex(new Wire(new byte[0], 1), role, hex(bytes))))
                    .asString()
                    .isEqualTo("Hello");
        }
    }

    @Test
    void it_is_held_where_the_bare_connection_is() {
        MemoryDuplex raw = MemoryDuplex.of(new byte[0]);
        WebSocketDuplex duplex = new WebSocketDuplex(raw, Role.INITIATOR, new byte[0]);
        assertThat(duplex.isHeld()).isFalse();
        raw.hold(true);
        assertThat(duplex.isHeld()).isTrue();
    }

    @Test
    void a_ping_within_a_message_is_answered_with_its_payload() throws Exception {
        Wire wire = new Wire(hex("02 01 48 89 05 48 65 6c 6c 6f 80 01 69"), 100);
        assertThat(readAll(new WebSocketDuplex(wire, Role.INITIATOR, new byte[0])))
                .asString()
                .isEqualTo("Hi");
        byte[] pong = wire.heardBytes();
        assertThat(pong).startsWith(0x8a, 0x85).hasSize(11);
        Wire unmasked = new Wire(hex("89 85 37 fa 21 3d 7f 9f 4d 51 58"), 100);
        readAll(new WebSocketDuplex(unmasked, Role.RESPONDER, new byte[0]));
        assertThat(unmasked.heard()).isEqualTo("8a 05 48 65 6c 6c 6f");
    }

    @Test
    void a_close_frame_is_the_end_and_is_answered() throws Exception {
        Wire wire = new Wire(hex("88 82 00 00 00 00 03 e8 82 80 00 00 00 00"), 100);
        WebSocketDuplex duplex = new WebSocketDuplex(wire, Role.RESPONDER, new byte[0]);
        assertThat(readAll(duplex)).isEmpty();
        assertThat(wire.heard()).isEqualTo("88 02 03 e8");
    }

    @ParameterizedTest
    @CsvSource({
        "82 05 48 65 6c 6c 6f, 03 ea, a client's frame without a mask",
        "81 80 00 00 00 00, 03 eb, a text message",
        "c2 80 00 00 00 00, 03 ea, a reserved bit",
        "83 80 00 00 00 00, 03 ea, an opcode without a meaning",
        "80 80 00 00 00 00, 03 ea, a continuation of nothing",
        "02 80 00 00 00 00 82 80 00 00 00 00, 03 ea, a message within a message",
        "09 80 00 00 00 00, 03 ea, a ping in pieces",
        "89 fe 00 7e 00 00 00 00, 03 ea, a ping of 126 bytes",
        "82 fe 00 7d 00 00 00 00, 03 ea, a length that needn't be so long",
        "82 ff 00 00 00 00 00 00 ff ff 00 00 00 00, 03 ea, and one of eight bytes",
        "82 ff ff ff ff ff ff ff ff ff 00 00 00 00, 03 ea, a negative length",
        "82 ff 00 00 00 00 04 00 00 01 00 00 00 00, 03 f1, a byte too many",
    })
    void what_breaks_the_rules_is_told_why_and_closed(String bytes, String status, String what) {
        Wire wire = new Wire(hex(bytes), 100);
        WebSocketDuplex duplex = new WebSocketDuplex(wire, Role.RESPONDER, new byte[0]);
        assertThatThrownBy(() -> readAll(duplex))
                .as(what)
                .isInstanceOf(WebSocketProtocolException.class);
        assertThat(wire.heard()).isEqualTo("88 02 " + status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"82", "82 85 37 fa 21", "82 85 37 fa 21 3d 7f"})
    void an_end_within_a_frame_is_no_end(String bytes) {
        WebSocketDuplex duplex =
                new WebSocketDuplex(new Wire(hex(bytes), 100), Role.RESPONDER, new byte[0]);
        assertThatThrownBy(() -> readAll(duplex)).isInstanceOf(EOFException.class);
    }

    @Test
    void a_write_is_one_frame_masked_by_clients_only() throws Exception {
        Wire wire = new Wire(new byte[0], 1);
        new WebSocketDuplex(wire, Role.RESPONDER, new byte[0]).write(new byte[66_000], 0, 66_000);
        assertThat(wire.heardBytes()).startsWith(hex("82 7f 00 00 00 00 00 01 01 d0"));
        assertThat(wire.heardBytes()).hasSize(66_010);
        Wire masked = new Wire(new byte[0], 1);
        new WebSocketDuplex(masked, Role.INITIATOR, new byte[0]).write(new byte[300], 0, 300);
        byte[] heard = masked.heardBytes();
        assertThat(heard).hasSize(308).startsWith(hex("82 fe 01 2c"));
        // Zeros show the key itself.
        assertThat(Arrays.copyOfRange(heard, 8, 12))
                .isEqualTo(Arrays.copyOfRange(heard, 4, 8))
                .isEqualTo(Arrays.copyOfRange(heard, 304, 308));
    }

    @Test
    void a_mask_is_the_same_in_any_pieces() {
        Random random = new Random(7);
        for (int length = 0; length < 40; length++) {
            for (int start = 0; start < 9; start++) {
                byte[] bytes = new byte[start + length];
                random.nextBytes(bytes);
                byte[] expected = bytes.clone();
                int key = random.nextInt();
                for (int i = 0; i < length; i++)
                    expected[start + i] ^= (byte) (key >>> (24 - 8 * ((start + i) & 3)));
                Mask.apply(key, start, bytes, start, length);
                assertThat(bytes).isEqualTo(expected);
            }
        }
    }

    @Test
    void the_accept_value_is_that_of_the_rfc() {
        assertThat(HttpUpgrade.accept("dGhlIHNhbXBsZSBub25jZQ=="))
                .isEqualTo("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\n\r\n",
                """
                HTTP/1.1 101 Switching Protocols\r
                Upgrade: websocket\r
                Connection: Upgrade\r
                Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r
                \r
                """,
                "HTTP/1.1 101\r\nX\r\n\r\n",
                "HTTP/1.1 101"
            })
    void a_client_takes_no_answer_but_the_right_one(String answer) {
        Wire wire = new Wire(answer.getBytes(StandardCharsets.US_ASCII), 7);
        assertThatThrownBy(() -> HttpUpgrade.ask(wire, "a.example:80"))
                .isInstanceOf(IOException.class);
    }
}
