package cairn.libp2p.yamux;

import static org.assertj.core.api.Assertions.assertThat;

import cairn.libp2p.muxer.SocketDuplex;
import cairn.libp2p.wire.Messages;
import java.io.Closeable;
import java.io.IOException;
import java.util.function.Predicate;

/// A peer that speaks yamux frame by frame, as a test tells it.
record RawPeer(SocketDuplex channel) implements Closeable {
    void send(FrameType type, int flags, int id, int length) throws IOException {
        byte[] header = new byte[FrameHeader.BYTES];
        FrameHeader.write(header, 0, type, flags, id, length);
        channel.write(header, 0, header.length);
    }

    void data(int flags, int id, byte[] payload) throws IOException {
        byte[] frame = new byte[FrameHeader.BYTES + payload.length];
        FrameHeader.write(frame, 0, FrameType.DATA, flags, id, payload.length);
        System.arraycopy(payload, 0, frame, FrameHeader.BYTES, payload.length);
        channel.write(frame, 0, frame.length);
    }

    /// Reads the next frame, and skips its payload.
    FrameHeader next() throws IOException {
        byte[] header = new byte[FrameHeader.BYTES];
        Messages.readFully(channel, header, 0, header.length);
        FrameHeader frame = FrameHeader.read(header, 0);
        if (frame.type() == FrameType.DATA)
            Messages.readFully(channel, new byte[(int) frame.length()], 0, (int) frame.length());
        return frame;
    }

    /// Reads frames up to the first that is looked for.
    FrameHeader until(Predicate<FrameHeader> wanted) throws IOException {
        for (; ; ) {
            FrameHeader frame = next();
            if (wanted.test(frame)) return frame;
        }
    }

    FrameHeader untilReset(int id) throws IOException {
        return until(frame -> frame.streamId() == id && frame.has(FrameHeader.RST));
    }

    /// Reads up to the end of the connection, which says that this peer broke the protocol.
    void assertBlamed() throws IOException {
        FrameHeader last = until(frame -> frame.type() == FrameType.GO_AWAY);
        assertThat(last.length()).as("code of the end").isEqualTo(1);
    }

    /// Asks and waits for the answer: whatever was sent before has then been handled.
    void settle() throws IOException {
        send(FrameType.PING, FrameHeader.SYN, 0, 77);
        until(frame -> frame.type() == FrameType.PING && frame.has(FrameHeader.ACK));
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
