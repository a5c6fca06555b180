package cairn.libp2p.multistream;

import cairn.libp2p.muxer.MuxedStream;
import cairn.libp2p.muxer.StreamResetException;
import cairn.libp2p.wire.MemoryDuplex;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;

/// A stream over an end in memory, whose deadline is an instant that tests let pass.
final class MemoryStream implements MuxedStream {
    private final MemoryDuplex duplex;
    private volatile Duration deadline = Duration.ZERO;
    private volatile boolean late;
    private volatile boolean reset;

    MemoryStream(MemoryDuplex duplex) {
        this.duplex = duplex;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        try {
            return duplex.read(target, offset, length);
        } catch (IOException e) {
            if (late) throw new InterruptedIOException("late");
            if (reset) throw new StreamResetException("reset");
            throw e;
        }
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        if (reset) throw new StreamResetException("reset");
        duplex.write(source, offset, length);
    }

    @Override
    public void closeWrite() {
        duplex.finish();
    }

    @Override
    public void closeRead() {}

    @Override
    public void reset() {
        reset = true;
        duplex.close();
    }

    @Override
    public void deadline(Duration fromNow) {
        deadline = fromNow;
    }

    Duration deadline() {
        return deadline;
    }

    /// Lets the deadline pass.
    void pass() {
        late = true;
        duplex.close();
    }

    boolean wasReset() {
        return reset;
    }

    @Override
    public void close() {
        duplex.close();
    }
}
