package cairn.libp2p.websocket;

import cairn.libp2p.wire.Duplex;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// Reads the payload of binary messages as one stream of bytes: what is in a frame is read straight
/// into the caller's array, but for what came along with a header. Control frames are answered on
/// the way, also between the frames of a message.
///
/// Runs on the thread that reads the connection.
final class FrameReader {
    /// Room for headers and small frames. What is larger is read without a copy.
    static final int BUFFER_BYTES = 8 * 1024;

    private final Duplex raw;
    private final FrameWriter writer;
    private final boolean masked;
    private final byte[] buffer;
    private int at;
    private int filled;

    private FrameHeader frame;
    private long position;
    private boolean inMessage;
    private boolean ended;

    /// @param masked whether the other end must mask: it is a client
    /// @param early what was read along with the HTTP upgrade, at most [#BUFFER_BYTES]
    FrameReader(Duplex raw, FrameWriter writer, boolean masked, byte[] early) {
        this.raw = raw;
        this.writer = writer;
        this.masked = masked;
        this.buffer = Arrays.copyOf(early, BUFFER_BYTES);
        this.filled = early.length;
    }

    /// Reads as [Duplex#read] does.
    ///
    /// @throws EOFException when the connection ends within a frame
    /// @throws WebSocketProtocolException when the other end breaks the rules
    int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) return 0;
        int done = 0;
        while (!ended && done < length) {
            if (inPayload()) {
                if (at == filled && done > 0) return done;
                done += payload(target, offset + done, length - done);
            } else if (done > 0 && !headerIsHere()) {
                return done;
            } else if (nextHeader()) {
                begin();
            }
        }
        return done == 0 ? -1 : done;
    }

    private boolean inPayload() {
        return frame != null && position < frame.length();
    }

    private int payload(byte[] target, int offset, int length) throws IOException {
        int wanted = (int) Math.min(length, frame.length() - position);
        int n;
        if (at < filled || wanted < BUFFER_BYTES) {
            if (at == filled) fill();
            n = Math.min(wanted, filled - at);
            System.arraycopy(buffer, at, target, offset, n);
            at += n;
        } else {
            n = raw.read(target, offset, wanted);
            if (n < 0) throw cutShort();
        }
        if (masked) Mask.apply(frame.mask().getAsInt(), position, target, offset, n);
        position += n;
        return n;
    }

    private boolean headerIsHere() {
        int there = filled - at;
        return there >= 2 && there >= FrameHeader.size(buffer[at], buffer[at + 1]);
    }

    /// Reads the next header; false at the end of the connection before one.
    private boolean nextHeader() throws IOException {
        while (!headerIsHere()) {
            boolean atStart = at == filled;
            if (more()) continue;
            if (!atStart) throw cutShort();
            ended = true;
            return false;
        }
        ByteBuffer in = ByteBuffer.wrap(buffer, at, filled - at);
        frame = FrameHeader.read(in);
        at = in.position();
        position = 0;
        return true;
    }

    private void begin() throws IOException {
        if (frame.mask().isPresent() != masked)
            throw new WebSocketProtocolException(
                    1002, masked ? "a client's frame without a mask" : "a server's frame masked");
        switch (frame.opcode()) {
            case BINARY -> {
                if (inMessage)
                    throw new WebSocketProtocolException(1002, "a message within a message");
                inMessage = !frame.last();
            }
            case CONTINUATION -> {
                if (!inMessage)
                    throw new WebSocketProtocolException(1002, "a continuation of nothing");
                inMessage = !frame.last();
            }
            case TEXT -> throw new WebSocketProtocolException(1003, "a text message");
            case PING -> writer.pong(control());
            case PONG -> control();
            case CLOSE -> {
                control();
                ended = true;
                writer.close(1000);
            }
        }
    }

    /// The payload of a control frame: its length was checked with the header.
    private byte[] control() throws IOException {
        byte[] payload = new byte[(int) frame.length()];
        for (int done = 0; done < payload.length; )
            done += payload(payload, done, payload.length - done);
        return payload;
    }

    private void fill() throws IOException {
        if (!more()) throw cutShort();
    }

    private boolean more() throws IOException {
        System.arraycopy(buffer, at, buffer, 0, filled - at);
        filled -= at;
        at = 0;
        int n = raw.read(buffer, filled, buffer.length - filled);
        if (n < 0) return false;
        filled += n;
        return true;
    }

    private static EOFException cutShort() {
        return new EOFException("the connection ended within a frame");
    }
}
