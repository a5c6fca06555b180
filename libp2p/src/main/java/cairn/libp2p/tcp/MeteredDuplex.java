package cairn.libp2p.tcp;

import cairn.libp2p.limits.Meter;
import cairn.libp2p.wire.Duplex;
import java.io.IOException;

/// A duplex whose bytes are counted, and slowed down where a rate is set.
final class MeteredDuplex implements Duplex {
    /// The most bytes that are let through at once: a writer that is slowed down goes on in steps
    /// of this size.
    static final int STEP_BYTES = 64 * 1024;

    private final Duplex raw;
    private final Meter meter;
    private volatile boolean readingIsHeld;
    private volatile boolean writingIsHeld;

    MeteredDuplex(Duplex raw, Meter meter) {
        this.raw = raw;
        this.meter = meter;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int n = raw.read(target, offset, length);
        if (n <= 0) return n;
        readingIsHeld = true;
        try {
            meter.received(n);
        } finally {
            readingIsHeld = false;
        }
        return n;
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        for (int done = 0; done < length; ) {
            int step = Math.min(STEP_BYTES, length - done);
            awaitSending(step);
            raw.write(source, offset + done, step);
            done += step;
        }
    }

    private void awaitSending(int bytes) throws IOException {
        writingIsHeld = true;
        try {
            meter.sending(bytes);
        } finally {
            writingIsHeld = false;
        }
    }

    @Override
    public boolean isHeld() {
        return readingIsHeld || writingIsHeld;
    }

    @Override
    public void close() throws IOException {
        raw.close();
    }
}
