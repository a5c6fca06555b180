package cairn.testkit.hostile;

import cairn.libp2p.wire.Duplex;
import cairn.libp2p.wire.Messages;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Yamux frame by frame, as one likes: nothing is counted, awaited or answered. The peer is the one
/// who dialled, so its streams have odd ids. Source: yamux's specification, "Framing".
public final class RawYamux {
    /// What a frame is about.
    public enum FrameKind {
        DATA(0),
        WINDOW_UPDATE(1),
        PING(2),
        GO_AWAY(3);

        private final byte code;

        FrameKind(int code) {
            this.code = (byte) code;
        }

        private static FrameKind of(byte code) throws IOException {
            for (FrameKind type : values()) if (type.code == code) return type;
            throw new IOException("a frame of type " + code);
        }
    }

    /// A frame as it came, its payload left out.
    public record Frame(FrameKind type, int flags, int stream, int length) {
        /// Whether a flag is set.
        public boolean has(int flag) {
            return (flags & flag) != 0;
        }
    }

    /// Begins a stream; on a ping, asks.
    public static final int SYN = 1;

    /// Takes a stream; on a ping, answers.
    public static final int ACK = 2;

    /// Ends a direction.
    public static final int FIN = 4;

    /// Ends a stream at once.
    public static final int RST = 8;

    /// What may be sent on a stream before any is granted.
    public static final int FIRST_WINDOW = 256 << 10;

    private static final int HEADER_BYTES = 12;

    /// Asks for the sign of life that is waited for, among others.
    private static final int LAST_PING = -1;

    private final Duplex channel;

    RawYamux(Duplex channel) {
        this.channel = channel;
    }

    /// A header, to be sent alone or among others.
    public static byte[] header(FrameKind type, int flags, int stream, int length) {
        return ByteBuffer.allocate(HEADER_BYTES)
                .put((byte) 0)
                .put(type.code)
                .putShort((short) flags)
                .putInt(stream)
                .putInt(length)
                .array();
    }

    /// Sends a header.
    ///
    /// @param length what it says, as unsigned; nothing follows it
    public void send(FrameKind type, int flags, int stream, int length) throws IOException {
        send(header(type, flags, stream, length));
    }

    /// Sends a frame of data.
    public void data(int flags, int stream, byte[] payload) throws IOException {
        var frame = new ByteArrayOutputStream();
        frame.writeBytes(header(FrameKind.DATA, flags, stream, payload.length));
        frame.writeBytes(payload);
        send(frame.toByteArray());
    }

    /// Sends any bytes.
    public void send(byte[] bytes) throws IOException {
        channel.write(bytes, 0, bytes.length);
    }

    /// Opens a stream and says which protocol is spoken on it, without hearing the answer.
    public void open(int stream, String protocol) throws IOException {
        data(SYN, stream, proposal(protocol));
    }

    /// The words of multistream-select that propose a protocol.
    public static byte[] proposal(String protocol) {
        var words = new ByteArrayOutputStream();
        for (String word : new String[] {"/multistream/1.0.0\n", protocol + "\n"})
            words.writeBytes(Messages.frame(word.getBytes(StandardCharsets.UTF_8)));
        return words.toByteArray();
    }

    /// Reads the next frame, and skips its payload.
    public Frame next() throws IOException {
        byte[] header = new byte[HEADER_BYTES];
        Messages.readFully(channel, header, 0, header.length);
        ByteBuffer in = ByteBuffer.wrap(header, 1, HEADER_BYTES - 1);
        Frame frame = new Frame(FrameKind.of(in.get()), in.getShort(), in.getInt(), in.getInt());
        if (frame.type() == FrameKind.DATA)
            Messages.readFully(channel, new byte[frame.length()], 0, frame.length());
        return frame;
    }

    /// Asks for a sign of life and waits for it: whatever was sent before has then been handled.
    ///
    /// @throws IOException when the host has ended the connection instead
    public void settle() throws IOException {
        send(FrameKind.PING, SYN, 0, LAST_PING);
        Frame frame = next();
        while (frame.type() != FrameKind.PING || !frame.has(ACK) || frame.length() != LAST_PING) {
            if (frame.type() == FrameKind.GO_AWAY) throw new IOException("the host says goodbye");
            frame = next();
        }
    }
}
