package cairn.libp2p.websocket;

import cairn.libp2p.transport.TimeLimit;
import cairn.libp2p.wire.Duplex;
import cairn.libp2p.wire.Role;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/// A WebSocket as a duplex: what is written goes out in binary messages, and what came in binary
/// messages is read, without their borders.
final class WebSocketDuplex implements Duplex {
    /// How long a close frame may take to leave; then the connection is closed without it.
    private static final Duration CLOSE_TIME = Duration.ofSeconds(1);

    private final Duplex raw;
    private final FrameWriter writer;
    private final FrameReader reader;
    private final AtomicBoolean closed = new AtomicBoolean();

    /// @param early what was read along with the HTTP upgrade
    WebSocketDuplex(Duplex raw, Role role, byte[] early) {
        this.raw = raw;
        this.writer = new FrameWriter(raw, role == Role.INITIATOR);
        this.reader = new FrameReader(raw, writer, role == Role.RESPONDER, early);
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        try {
            return reader.read(target, offset, length);
        } catch (WebSocketProtocolException e) {
            close(e.status());
            throw e;
        }
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        writer.binary(source, offset, length);
    }

    @Override
    public boolean isHeld() {
        return raw.isHeld();
    }

    @Override
    public void close() throws IOException {
        close(1000);
    }

    private void close(int status) throws IOException {
        if (!closed.compareAndSet(false, true)) return;
        TimeLimit limit = TimeLimit.on(raw, CLOSE_TIME);
        try (limit;
                raw) {
            writer.close(status);
        } catch (IOException e) {
            // The other end is gone: it needs no close frame.
            return;
        }
    }
}
