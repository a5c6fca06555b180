package cairn.libp2p.quic.retry;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class RetriesTest {
    private static final int ID_BYTES = 8;
    private static final ByteBuf FIRST_ID = bytes("8394c8f03e515708");
    private static final ByteBuf CLIENT_ID = bytes("c0ffee");

    private final InetSocketAddress client =
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 4001);
    private final RetryTokens tokens = new RetryTokens(() -> Instant.EPOCH, () -> true);
    private final Retries retries = new Retries(tokens, () -> ByteBuffer.wrap(new byte[ID_BYTES]));

    private static ByteBuf bytes(String hex) {
        return Unpooled.wrappedBuffer(HexFormat.of().parseHex(hex));
    }

    @Test
    void the_packet_of_rfc_9001_a_4() {
        ByteBuf packet =
                Retries.packet(
                        FIRST_ID,
                        Unpooled.EMPTY_BUFFER,
                        bytes("f067a5502a4262b5"),
                        bytes("746f6b656e"));
        assertThat(ByteBufUtil.hexDump(packet))
                .isEqualTo(
                        "ff000000010008f067a5502a4262b5746f6b656e"
                                + "04a265ba2eff4d829058fb3f0f2496ba");
    }

    @Test
    void a_foreign_token_is_answered_with_one_that_is_good() {
        ByteBuf retry =
                retries.answer(Forged.initial(FIRST_ID, CLIENT_ID, "of another server"), client)
                        .orElseThrow();
        assertThat(retry.skipBytes(5).readSlice(1 + 3)).isEqualTo(bytes("03c0ffee"));
        retry.skipBytes(1 + ID_BYTES);
        ByteBuf token = retry.readSlice(retry.readableBytes() - 16);
        assertThat(token.slice(tokens.validateToken(token, client), 8)).isEqualTo(FIRST_ID);
    }

    @Test
    void a_packet_with_no_token_or_a_good_one_is_read_on() {
        assertThat(retries.answer(Forged.initial(FIRST_ID, CLIENT_ID, ""), client)).isEmpty();
        ByteBuf token = Unpooled.buffer();
        tokens.write(token, FIRST_ID, client);
        assertThat(retries.answer(Forged.initial(FIRST_ID, CLIENT_ID, token), client)).isEmpty();
    }

    @Test
    void what_is_no_first_packet_of_version_1_is_read_on() {
        ByteBuf handshake = Forged.initial(FIRST_ID, CLIENT_ID, "foreign");
        handshake.setByte(0, 0xe0);
        assertThat(retries.answer(handshake, client)).isEmpty();
        ByteBuf version2 = Forged.initial(FIRST_ID, CLIENT_ID, "foreign");
        version2.setInt(1, 0x6b3343cf);
        assertThat(retries.answer(version2, client)).isEmpty();
    }
}
