package cairn.libp2p.quic.retry;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/// First packets of clients with a header that can be read, and nothing sealed in them.
public final class Forged {
    private static final int DATAGRAM_BYTES = 1200;

    private Forged() {}

    public static ByteBuf initial(ByteBuf firstId, ByteBuf clientId, String token) {
        return initial(
                firstId,
                clientId,
                Unpooled.wrappedBuffer(token.getBytes(StandardCharsets.US_ASCII)));
    }

    /// @param token of 63 bytes at most
    public static ByteBuf initial(ByteBuf firstId, ByteBuf clientId, ByteBuf token) {
        ByteBuf out = Unpooled.buffer();
        out.writeByte(0xc0).writeInt(InitialHeader.VERSION_1);
        out.writeByte(firstId.readableBytes()).writeBytes(firstId.slice());
        out.writeByte(clientId.readableBytes()).writeBytes(clientId.slice());
        out.writeByte(token.readableBytes()).writeBytes(token.slice());
        // The length of the rest, in two bytes.
        int rest = DATAGRAM_BYTES - out.readableBytes() - 2;
        return out.writeShort(0x4000 | rest).writeZero(rest);
    }
}
