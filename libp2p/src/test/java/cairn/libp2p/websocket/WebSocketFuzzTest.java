package cairn.libp2p.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import cairn.libp2p.wire.Role;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

class WebSocketFuzzTest {
    @FuzzTest
    void a_header_that_is_read_is_what_would_be_written(byte @NotNull [] bytes) {
        if (bytes.length < 2 || bytes.length < FrameHeader.size(bytes[0], bytes[1])) return;
        ByteBuffer in = ByteBuffer.wrap(bytes);
        FrameHeader header;
        try {
            header = FrameHeader.read(in);
        } catch (WebSocketProtocolException e) {
            assertThat(e.getMessage()).isNotBlank();
            return;
        }
        assertThat(in.position()).isEqualTo(FrameHeader.size(bytes[0], bytes[1]));
        assertThat(header.length()).isBetween(0L, FrameHeader.MAX_PAYLOAD);
        ByteBuffer out = ByteBuffer.allocate(FrameHeader.MAX_BYTES);
        header.writeTo(out);
        assertThat(out.flip()).isEqualTo(in.flip());
    }

    @FuzzTest
    void frames_in_any_pieces_are_read_alike(byte @NotNull [] bytes) {
        for (Role role : Role.values())
            assertThat(outcome(bytes, role, 1)).isEqualTo(outcome(bytes, role, 10_000));
    }

    private static String outcome(byte[] bytes, Role role, int piece) {
        WebSocketDuplex duplex = new WebSocketDuplex(new Wire(bytes, piece), role, new byte[0]);
        byte[] one = new byte[1];
        StringBuilder got = new StringBuilder();
        try {
            while (duplex.read(one, 0, 1) > 0) got.append(one[0]).append(' ');
        } catch (IOException e) {
            return got + e.getMessage();
        }
        return got.toString();
    }

    @FuzzTest
    void a_request_is_answered_once_and_in_bounds(byte @NotNull [] bytes) {
        Wire wire = new Wire(bytes, 100);
        try (var duplex = HttpUpgrade.answer(wire)) {
            assertThat(new String(wire.heardBytes(), StandardCharsets.US_ASCII))
                    .startsWith("HTTP/1.1 101 ");
            assertThat(duplex).isNotNull();
        } catch (IOException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
        assertThat(wire.heardBytes()).hasSizeLessThan(1000);
    }
}
