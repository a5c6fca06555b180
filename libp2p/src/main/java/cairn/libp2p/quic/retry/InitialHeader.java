package cairn.libp2p.quic.retry;

import io.netty.buffer.ByteBuf;
import java.util.Optional;

/// The header of a client's first packet, as much as can be read of it without keys: the ids of
/// both ends and the token. Source: RFC 9000, 17.2.2.
///
/// @param firstId the id that the client made up for the server
/// @param clientId the client's own
/// @param token empty where the client has none
public record InitialHeader(ByteBuf firstId, ByteBuf clientId, ByteBuf token) {
    static final int VERSION_1 = 1;

    /// A long header, the bit that is always set, and the type 0.
    private static final int TYPE_MASK = 0xf0;

    private static final int INITIAL = 0xc0;
    private static final int MAX_ID_BYTES = 20;

    /// Reads one of version 1; empty if the packet is something else or broken. The parts are views
    /// of the packet.
    public static Optional<InitialHeader> read(ByteBuf packet) {
        ByteBuf in = packet.slice();
        if (in.readableBytes() < 1 + Integer.BYTES) return Optional.empty();
        if ((in.readByte() & TYPE_MASK) != INITIAL || in.readInt() != VERSION_1)
            return Optional.empty();
        Optional<ByteBuf> firstId = readId(in);
        Optional<ByteBuf> clientId = firstId.flatMap(_ -> readId(in));
        Optional<ByteBuf> token = clientId.flatMap(_ -> readToken(in));
        return token.map(read -> new InitialHeader(firstId.get(), clientId.get(), read));
    }

    private static Optional<ByteBuf> readId(ByteBuf in) {
        if (!in.isReadable()) return Optional.empty();
        int length = in.readUnsignedByte();
        if (length > MAX_ID_BYTES || length > in.readableBytes()) return Optional.empty();
        return Optional.of(in.readSlice(length));
    }

    /// Its length is a number of 1, 2, 4 or 8 bytes, as the first two bits say. RFC 9000, 16.
    private static Optional<ByteBuf> readToken(ByteBuf in) {
        if (!in.isReadable()) return Optional.empty();
        int first = in.readUnsignedByte();
        int further = (1 << (first >> 6)) - 1;
        if (further > in.readableBytes()) return Optional.empty();
        long length = first & 0x3f;
        for (int i = 0; i < further; i++) length = length << 8 | in.readUnsignedByte();
        if (length > in.readableBytes()) return Optional.empty();
        return Optional.of(in.readSlice((int) length));
    }
}
