package cairn.node.gateways;

import java.io.IOException;
import java.io.InputStream;

/// The body of an answer, which has to come at a pace: only the time counts in which it was waited
/// for. What comes is counted among the node's traffic, and held to its rates.
///
/// One thread reads it. What [Watch] looks at is volatile, and written by that thread alone.
final class PacedBody extends InputStream {
    private final InputStream in;
    private final Pace pace;
    private final ServerMeter meter;
    private final Watch watch;
    private volatile boolean waiting;
    private volatile long waitingSince;
    private volatile long waited;
    private volatile long received;
    private volatile boolean slow;

    PacedBody(InputStream in, Pace pace, ServerMeter meter, Watch watch) {
        this.in = in;
        this.pace = pace;
        this.meter = meter;
        this.watch = watch;
        watch.add(this);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        int count = read(one, 0, 1);
        return count < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int count = awaited(into, offset, length);
        if (count > 0) meter.received(count);
        return count;
    }

    private int awaited(byte[] into, int offset, int length) throws IOException {
        waitingSince = System.nanoTime();
        waiting = true;
        try {
            int count = in.read(into, offset, length);
            if (count > 0) receive(count);
            return count;
        } catch (IOException e) {
            if (slow) throw new UnusableAnswerException("it came too slowly");
            throw e;
        } finally {
            waiting = false;
            spend(System.nanoTime() - waitingSince);
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // written by one thread
    private void receive(int count) {
        received += count;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // written by one thread
    private void spend(long nanos) {
        waited += nanos;
    }

    /// Ends it where it is too slow.
    void look() {
        long since = waitingSince;
        long now = waited + System.nanoTime() - since;
        if (!waiting || now <= pace.nanos(received)) return;
        slow = true;
        try {
            in.close();
        } catch (IOException e) {
            // The one who reads it learns that it is over.
            return;
        }
    }

    @Override
    public void close() throws IOException {
        watch.remove(this);
        in.close();
    }
}
