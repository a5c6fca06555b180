package cairn.libp2p.websocket;

import java.nio.ByteBuffer;
import java.util.OptionalInt;

/// A frame header says what follows it: a flag for the last frame of a message, an opcode, whether
/// and by what the payload is masked, and its length (RFC 6455, 5.2).
///
/// @param mask the masking key, as the four bytes in big-endian order; empty for no mask
/// @param length the payload's, at most [#MAX_PAYLOAD]
record FrameHeader(boolean last, Opcode opcode, OptionalInt mask, long length) {
    /// The most bytes of a header.
    static final int MAX_BYTES = 14;

    /// The longest payload that is taken. Nothing is allocated for it; peers send tens of
    /// kilobytes, and one that says more than this is broken.
    static final long MAX_PAYLOAD = 64L * 1024 * 1024;

    /// The longest payload of a control frame (RFC 6455, 5.5).
    static final int MAX_CONTROL_PAYLOAD = 125;

    /// How many bytes the header has that begins with these two.
    static int size(byte first, byte second) {
        int size =
                switch (second & 0x7f) {
                    case 126 -> 4;
                    case 127 -> 10;
                    default -> 2;
                };
        return (second & 0x80) == 0 ? size : size + 4;
    }

    /// Reads a header that is there as a whole, and moves the buffer's position past it.
    ///
    /// @throws WebSocketProtocolException for bits that are reserved, an opcode without a meaning,
    ///   a length that isn't in its shortest form or too large, a control frame in pieces
    static FrameHeader read(ByteBuffer in) throws WebSocketProtocolException {
        int first = in.get();
        int second = in.get();
        if ((first & 0x70) != 0)
            throw new WebSocketProtocolException(1002, "a reserved bit of a frame is set");
        boolean last = (first & 0x80) != 0;
        Opcode opcode =
                Opcode.of(first & 0x0f)
                        .orElseThrow(
                                () ->
                                        new WebSocketProtocolException(
                                                1002, "no opcode " + (first & 0x0f)));
        long length = length(second & 0x7f, in);
        if (opcode.isControl() && (!last || length > MAX_CONTROL_PAYLOAD))
            throw new WebSocketProtocolException(
                    1002, "a " + opcode + " frame in pieces or of " + length + " bytes");
        if (length > MAX_PAYLOAD)
            throw new WebSocketProtocolException(
                    1009, "a frame of " + length + " bytes; at most " + MAX_PAYLOAD);
        OptionalInt mask = (second & 0x80) == 0 ? OptionalInt.empty() : OptionalInt.of(in.getInt());
        return new FrameHeader(last, opcode, mask, length);
    }

    private static long length(int small, ByteBuffer in) throws WebSocketProtocolException {
        long length;
        long least;
        if (small == 126) {
            length = Short.toUnsignedLong(in.getShort());
            least = 126;
        } else if (small == 127) {
            length = in.getLong();
            least = 1 << 16;
        } else {
            return small;
        }
        // The sign bit must be 0: a negative length is below the least too.
        if (length < least)
            throw new WebSocketProtocolException(1002, "a frame's length is not minimal");
        return length;
    }

    /// Writes the header at the buffer's position.
    void writeTo(ByteBuffer out) {
        out.put((byte) ((last ? 0x80 : 0) | opcode.code()));
        int masked = mask.isPresent() ? 0x80 : 0;
        if (length < 126) {
            out.put((byte) (masked | (int) length));
        } else if (length < 1 << 16) {
            out.put((byte) (masked | 126)).putShort((short) length);
        } else {
            out.put((byte) (masked | 127)).putLong(length);
        }
        if (mask.isPresent()) out.putInt(mask.getAsInt());
    }
}
