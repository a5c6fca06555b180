package cairn.libp2p.yamux;

import cairn.libp2p.yamux.FrameReader.Keeping;
import cairn.libp2p.limits.LimitExceededException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/// A demultiplexer hands the frames of a connection to its streams, and answers those that are for
/// the connection itself. It never waits: what it has to say goes to the outbox.
///
/// Owned by the thread that reads the connection. The streams of a batch are woken once, when all
/// of it is handled.
final class Demultiplexer implements FrameReader.Handler {
    /// The most pings that are answered in a second; peers send one in ten seconds.
    static final int MOST_PINGS = 100;

    /// The most streams that a peer may reset in a second: each costs this end a thread.
    static final int MOST_RESETS = 4_000;

    private final YamuxConnection connection;
    private final FloodGate pings;
    private final FloodGate resets;
    private final List<YamuxStream> touched = new ArrayList<>(2);
    private YamuxStream current;
    private YamuxStream last;

    Demultiplexer(YamuxConnection connection, LongSupplier nanos) {
        this.connection = connection;
        pings = new FloodGate("pings", MOST_PINGS, nanos);
        resets = new FloodGate("resets", MOST_RESETS, nanos);
    }

    @Override
    public void frame(FrameHeader header) throws IOException {
        current = null;
        switch (header.type()) {
            case DATA -> data(header);
            case WINDOW_UPDATE -> windowUpdate(header);
            case PING -> ping(header);
            case GO_AWAY -> connection.wentAway(header.length());
        }
    }

    private void data(FrameHeader header) throws IOException {
        if (header.length() > ReceiveWindow.MOST)
            throw new ProtocolViolationException("frame of " + header.length() + " bytes");
        YamuxStream stream = streamOf(header);
        if (stream == null) return;
        if (header.has(FrameHeader.RST)) {
            resetByPeer(stream, 0);
        } else if (stream.hasEnded()) {
            stream.fail("the other end sent more after its end");
        } else {
            stream.announced(header.length());
            current = stream;
        }
    }

    private void windowUpdate(FrameHeader header) throws IOException {
        YamuxStream stream = streamOf(header);
        if (stream == null) return;
        if (header.has(FrameHeader.RST)) {
            resetByPeer(stream, header.length());
        } else {
            stream.granted(header.length());
            touch(stream);
            current = stream;
        }
    }

    private YamuxStream streamOf(FrameHeader header) throws IOException {
        if (header.has(FrameHeader.SYN)) {
            last = connection.incoming(header.streamId());
            return last;
        }
        YamuxStream stream = last;
        if (stream == null || stream.id() != header.streamId() || stream.isReset())
            stream = connection.stream(header.streamId());
        last = stream;
        if (stream != null) connection.taken(stream);
        return stream;
    }

    private void resetByPeer(YamuxStream stream, long code) throws IOException {
        resets.pass();
        stream.resetByPeer(code);
    }

    private void ping(FrameHeader header) throws IOException {
        if (header.has(FrameHeader.SYN)) {
            pings.pass();
            connection.answerPing((int) header.length());
        } else {
            connection.pingAnswered((int) header.length());
        }
    }

    @Override
    public boolean payload(byte[] bytes, int offset, int length, Keeping keeping) {
        YamuxStream stream = current;
        if (stream == null) return false; // of a stream that is gone: drained
        try {
            if (!stream.wantsMore()) {
                stream.dropped(length);
                return false;
            }
            boolean kept = stream.arrived(bytes, offset, length, keeping);
            touch(stream);
            return kept;
        } catch (LimitExceededException e) {
            stream.fail("no memory for what came: " + e.getMessage());
            current = null;
            return false;
        }
    }

    @Override
    public void frameEnds(FrameHeader header) {
        if (current == null || !header.has(FrameHeader.FIN)) return;
        current.ended();
        touch(current);
    }

    private void touch(YamuxStream stream) {
        if (stream.noteToWake()) touched.add(stream);
    }

    @Override
    public void batchEnds() {
        for (YamuxStream each : touched) each.wake();
        touched.clear();
        connection.heard();
    }
}
