package cairn.libp2p.wire;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;

/// One end of two pipes in memory. Each pipe holds a bounded number of bytes; writers wait while it
/// is full.
public final class MemoryDuplex implements Duplex {
    private static final int PIPE_BYTES = 1 << 20;

    private final Pipe in;
    private final Pipe out;
    private volatile boolean held;

    private MemoryDuplex(Pipe in, Pipe out) {
        this.in = in;
        this.out = out;
    }

    /// Two ends of one connection.
    public static List<MemoryDuplex> pair() {
        Pipe there = new Pipe();
        Pipe back = new Pipe();
        return List.of(new MemoryDuplex(back, there), new MemoryDuplex(there, back));
    }

    /// An end whose other end has already sent these bytes and finished.
    public static MemoryDuplex of(byte[] received) {
        Pipe in = new Pipe();
        in.fill(received);
        Pipe out = new Pipe();
        out.ignore();
        return new MemoryDuplex(in, out);
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        return in.read(target, offset, length);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        out.write(source, offset, length);
    }

    /// The bytes of each write that this end made, in order.
    public List<Integer> writes() {
        return out.writes();
    }

    /// The bytes that this end has not read yet.
    public int unread() {
        return in.unread();
    }

    public boolean isClosed() {
        return in.isCut();
    }

    /// Says that this end is held to a rate from now on, or no more.
    public void hold(boolean now) {
        held = now;
    }

    @Override
    public boolean isHeld() {
        return held;
    }

    /// Says that this end writes no more.
    public void finish() {
        out.finish();
    }

    @Override
    public void close() {
        out.finish();
        in.cut();
    }

    /// One direction. Guarded by itself.
    private static final class Pipe {
        private final byte[] bytes = new byte[PIPE_BYTES];
        private final List<Integer> writes = new ArrayList<>();
        private int start;
        private int size;
        private boolean finished;
        private boolean cut;
        private boolean ignored;

        synchronized int read(byte[] target, int offset, int length) throws IOException {
            try {
                while (size == 0 && !finished && !cut) wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted");
            }
            if (cut) throw new IOException("closed");
            if (size == 0) return -1;
            int n = Math.min(length, size);
            for (int i = 0; i < n; i++) target[offset + i] = bytes[(start + i) % PIPE_BYTES];
            start = (start + n) % PIPE_BYTES;
            size -= n;
            notifyAll();
            return n;
        }

        synchronized void write(byte[] source, int offset, int length) throws IOException {
            writes.add(length);
            if (ignored) return;
            try {
                for (int i = 0; i < length; i++) {
                    while (size == PIPE_BYTES && !finished && !cut) wait();
                    if (finished || cut) throw new IOException("the other end has closed");
                    bytes[(start + size++) % PIPE_BYTES] = source[offset + i];
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted");
            }
            notifyAll();
        }

        synchronized void fill(byte[] received) {
            System.arraycopy(received, 0, bytes, 0, received.length);
            size = received.length;
            finished = true;
        }

        synchronized List<Integer> writes() {
            return List.copyOf(writes);
        }

        synchronized int unread() {
            return size;
        }

        synchronized boolean isCut() {
            return cut;
        }

        synchronized void finish() {
            finished = true;
            notifyAll();
        }

        synchronized void cut() {
            cut = true;
            notifyAll();
        }

        synchronized void ignore() {
            ignored = true;
        }
    }
}
