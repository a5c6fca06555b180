package cairn.libp2p.yamux;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// A frame header is the twelve bytes before each frame: version, type, flags, stream, length
/// (yamux, "Framing").
///
/// @param flags any of [#SYN], [#ACK], [#FIN] and [#RST] together; others mean nothing
/// @param streamId the stream, or 0 for the connection; unsigned
/// @param length what it means depends on the type; unsigned
record FrameHeader(FrameType type, int flags, int streamId, long length) {
    /// The size of a header on the wire.
    static final int BYTES = 12;

    /// Begins a stream; on a ping, asks.
    static final int SYN = 1;

    /// Takes a stream; on a ping, answers.
    static final int ACK = 2;

    /// Ends the sender's direction of a stream.
    static final int FIN = 4;

    /// Ends both directions at once.
    static final int RST = 8;

    private static final int VERSION = 0;
    private static final VarHandle SHORT =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    /// Reads one.
    ///
    /// @throws ProtocolViolationException when its version or type is unknown
    static FrameHeader read(byte[] from, int at) throws ProtocolViolationException {
        int version = from[at] & 0xff;
        if (version != VERSION) throw new ProtocolViolationException("frame of version " + version);
        return new FrameHeader(
                FrameType.of(from[at + 1]),
                (short) SHORT.get(from, at + 2) & 0xffff,
                (int) INT.get(from, at + 4),
                Integer.toUnsignedLong((int) INT.get(from, at + 8)));
    }

    /// Writes one.
    static void write(byte[] to, int at, FrameType type, int flags, int streamId, int length) {
        to[at] = VERSION;
        to[at + 1] = type.code();
        SHORT.set(to, at + 2, (short) flags);
        INT.set(to, at + 4, streamId);
        INT.set(to, at + 8, length);
    }

    /// Whether a flag is set.
    boolean has(int flag) {
        return (flags & flag) != 0;
    }
}
