package cairn.libp2p.quic.retry;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Supplier;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Answers a client whose first packet has a token that this socket didn't make: with a new one in
/// a Retry packet, as if it had come with none.
///
/// Clients keep tokens by the name of a server, and many programs give all peers the same name, so
/// that one server's token reaches another. Netty drops such a packet without an answer. Source:
/// RFC 9000, 8.1.3 and 17.2.5; RFC 9001, 5.8. Owned by the socket's event loop.
public final class Retries {
    /// A long header of the type Retry. Its last four bits mean nothing: as in RFC 9001, A.4.
    private static final int FIRST_BYTE = 0xff;

    private static final int TAG_BITS = 128;

    /// What every end of version 1 makes the tag with: it proves that who answers saw the packet.
    private static final byte[] KEY = HexFormat.of().parseHex("be0c690b9f66575a1d766b54e368c84e");

    private static final byte[] NONCE = HexFormat.of().parseHex("461599d35d632bf2239825bb");

    private final RetryTokens tokens;
    private final Supplier<ByteBuffer> newId;

    /// @param newId gives an id for a connection that comes in
    public Retries(RetryTokens tokens, Supplier<ByteBuffer> newId) {
        this.tokens = tokens;
        this.newId = newId;
    }

    /// The packet to answer with; empty if the client's should be read on, as it has no token or a
    /// good one, or isn't a first packet.
    public Optional<ByteBuf> answer(ByteBuf packet, InetSocketAddress sender) {
        return InitialHeader.read(packet)
                .filter(header -> header.token().isReadable())
                .filter(header -> tokens.validateToken(header.token(), sender) < 0)
                .map(header -> answer(header, sender));
    }

    private ByteBuf answer(InitialHeader header, InetSocketAddress sender) {
        ByteBuf token = Unpooled.buffer(tokens.maxTokenLength());
        tokens.write(token, header.firstId(), sender);
        ByteBuf id = Unpooled.wrappedBuffer(newId.get());
        return packet(header.firstId(), header.clientId(), id, token);
    }

    /// Makes a Retry packet.
    static ByteBuf packet(ByteBuf firstId, ByteBuf clientId, ByteBuf newId, ByteBuf token) {
        ByteBuf out = Unpooled.buffer();
        out.writeByte(FIRST_BYTE).writeInt(InitialHeader.VERSION_1);
        writeId(out, clientId);
        writeId(out, newId);
        out.writeBytes(token.slice());
        ByteBuf signed = Unpooled.buffer();
        writeId(signed, firstId);
        signed.writeBytes(out.slice());
        return out.writeBytes(tag(ByteBufUtil.getBytes(signed)));
    }

    private static void writeId(ByteBuf out, ByteBuf id) {
        out.writeByte(id.readableBytes()).writeBytes(id.slice());
    }

    private static byte[] tag(byte[] signed) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(
                    Cipher.ENCRYPT_MODE,
                    new SecretKeySpec(KEY, "AES"),
                    new GCMParameterSpec(TAG_BITS, NONCE));
            cipher.updateAAD(signed);
            return cipher.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES-GCM", e);
        }
    }
}
