package cairn.libp2p.yamux;

import cairn.libp2p.wire.Duplex;
import java.io.IOException;

/// A frame reader takes a channel apart into frames. It reads as much as there is into a buffer
/// that grows with what comes (an idle connection's is small), and hands large payloads on as parts
/// of that buffer, without copying them. Used by one thread.
final class FrameReader {
    /// Takes the frames.
    interface Handler {
        /// Called with each header.
        ///
        /// @throws IOException when the connection can't go on
        void frame(FrameHeader header) throws IOException;

        /// Called with the payload of the last header, in parts as they arrive.
        ///
        /// @param mayKeep whether the handler may keep the array, of which the part is the most
        /// @return whether it does
        boolean payload(byte[] bytes, int offset, int length, boolean mayKeep) throws IOException;

        /// Called when the last header's payload has come, also where it has none.
        void frameEnds(FrameHeader header) throws IOException;

        /// Called when all that was there is handled, before more is waited for.
        void batchEnds() throws IOException;
    }

    /// What an idle connection holds: room for a few headers.
    static final int LEAST_BUFFER = 512;

    /// Room for what a cipher frame of any security protocol carries.
    static final int MOST_BUFFER = 64 << 10;

    private final Handler handler;
    private final byte[] head = new byte[FrameHeader.BYTES];
    private int headBytes;
    private FrameHeader current;
    private long payloadLeft;

    FrameReader(Handler handler) {
        this.handler = handler;
    }

    /// Reads until the channel ends.
    ///
    /// @throws IOException when the channel fails, or the handler; also
    ///   [ProtocolViolationException]
    void readAll(Duplex channel) throws IOException {
        byte[] buffer = new byte[LEAST_BUFFER];
        for (int n; (n = channel.read(buffer, 0, buffer.length)) >= 0; ) {
            boolean kept = take(buffer, 0, n);
            handler.batchEnds();
            int size = nextSize(buffer.length, n);
            if (kept || size != buffer.length) buffer = new byte[size];
        }
    }

    /// Takes the next bytes.
    ///
    /// @return whether the handler kept the array
    boolean take(byte[] buffer, int offset, int length) throws IOException {
        boolean kept = false;
        int at = offset;
        int end = offset + length;
        while (at < end) {
            if (current == null) {
                int n = Math.min(FrameHeader.BYTES - headBytes, end - at);
                System.arraycopy(buffer, at, head, headBytes, n);
                headBytes += n;
                at += n;
                if (headBytes == FrameHeader.BYTES) begin();
            } else {
                int n = (int) Math.min(payloadLeft, end - at);
                boolean mayKeep = 2 * n > buffer.length;
                kept |= handler.payload(buffer, at, n, mayKeep);
                at += n;
                payloadLeft -= n;
                if (payloadLeft == 0) finish();
            }
        }
        return kept;
    }

    private void begin() throws IOException {
        headBytes = 0;
        current = FrameHeader.read(head, 0);
        payloadLeft = current.type() == FrameType.DATA ? current.length() : 0;
        handler.frame(current);
        if (payloadLeft == 0) finish();
    }

    private void finish() throws IOException {
        FrameHeader done = current;
        current = null;
        handler.frameEnds(done);
    }

    private static int nextSize(int size, int filled) {
        if (filled == size) return Math.min(size * 4, MOST_BUFFER);
        if (filled <= size / 4) return Math.max(size / 2, LEAST_BUFFER);
        return size;
    }
}
