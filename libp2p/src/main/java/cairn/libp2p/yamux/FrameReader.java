package cairn.libp2p.yamux;

import cairn.libp2p.wire.Duplex;
import java.io.IOException;

/// A frame reader takes a channel apart into frames. It reads as much as there is into a buffer
/// that grows with what comes (an idle connection's is small), and hands large payloads on as parts
/// of that buffer, without copying them. Used by one thread.
final class FrameReader {
    /// Whether an array may be kept for a part of it.
    enum Keeping {
        /// No: the part is too little of it, and has to be copied.
        COPY,

        /// Yes. The rest of it is still to be read, at the same time.
        SHARED,

        /// Yes, and nobody else uses it any longer.
        OWN
    }

    /// Takes the frames.
    interface Handler {
        /// Called with each header.
        ///
        /// @throws IOException when the connection can't go on
        void frame(FrameHeader header) throws IOException;

        /// Called with the payload of the last header, in parts as they arrive.
        ///
        /// @return whether the handler keeps the array
        boolean payload(byte[] bytes, int offset, int length, Keeping keeping) throws IOException;

        /// Called when the last header's payload has come, also where it has none.
        void frameEnds(FrameHeader header) throws IOException;

        /// Called when all that was there is handled, before more is waited for.
        void batchEnds() throws IOException;
    }

    /// What an idle connection holds: room for a few headers.
    static final int LEAST_BUFFER = 512;

    private final Handler handler;
    private final FrameArrays arrays;
    private final byte[] head = new byte[FrameHeader.BYTES];
    private int headBytes;
    private FrameHeader current;
    private long payloadLeft;

    /// @param arrays where a buffer comes from, and goes back to unless the handler keeps it
    FrameReader(Handler handler, FrameArrays arrays) {
        this.handler = handler;
        this.arrays = arrays;
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
            if (!kept && size != buffer.length) arrays.give(buffer);
            if (kept || size != buffer.length) buffer = arrays.take(size);
        }
        arrays.give(buffer);
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
                Keeping last = at + n == end ? Keeping.OWN : Keeping.SHARED;
                Keeping keeping = 2 * n > buffer.length ? last : Keeping.COPY;
                kept |= handler.payload(buffer, at, n, keeping);
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
        if (filled == size) return Math.min(size * 4, FrameArrays.BYTES);
        if (filled <= size / 4) return Math.max(size / 2, LEAST_BUFFER);
        return size;
    }
}
