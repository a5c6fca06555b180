package cairn.libp2p.yamux;

import cairn.libp2p.yamux.FrameReader.Keeping;
import cairn.libp2p.limits.LimitExceededException;
import cairn.libp2p.muxer.MuxedStream;
import cairn.libp2p.muxer.StreamResetException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;

/// One stream of a yamux connection.
///
/// State is guarded by `this`, a lock under which nothing waits: readers and writers park, and are
/// woken by the thread that reads the connection once it has handled all that was there. Bytes are
/// copied to the reader outside the lock; only the reader takes chunks away.
final class YamuxStream implements MuxedStream {
    private static final long NEVER = Long.MAX_VALUE;

    /// No more can be granted than a header can say.
    private static final long MOST_CREDIT = 0xffff_ffffL;

    /// For how many ticks a stream that is closed here waits for the other end: a minute.
    static final int MOST_LINGERED = 12;

    private final YamuxConnection connection;
    private final int id;
    private final Inbox inbox = new Inbox();
    private final ReceiveWindow window;
    private long credit = ReceiveWindow.FIRST;

    /// Volatile: the outbox looks at it, under a lock of its own.
    private volatile boolean endSent;

    private boolean endCame;
    private boolean readingClosed;
    private boolean connectionEnded;
    private boolean readingReset;
    private volatile String reset;
    private volatile long deadline = NEVER;
    private volatile Thread reader;
    private volatile Thread writer;

    /// Owned by the thread that reads the connection: whether it will wake this stream.
    private boolean toWake;

    /// Owned by the connection: whether the other end has taken this stream.
    private boolean taken;

    /// Owned by the thread that ticks: for how many ticks only the other end has not closed.
    private int lingered;

    YamuxStream(YamuxConnection connection, int id, ReceiveWindow window) {
        this.connection = connection;
        this.id = id;
        this.window = window;
    }

    int id() {
        return id;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        for (; ; ) {
            checkDeadline();
            int n = take(target, offset, length);
            if (n != 0 || length == 0) return n;
            connection.flush();
            // To wait for the lock of the outbox may have used up a wake-up that came meanwhile.
            n = take(target, offset, length);
            if (n != 0) return n;
            await();
        }
    }

    /// Copies what is there; where nothing is, the calling thread will be woken.
    private int take(byte[] target, int offset, int length) throws IOException {
        Inbox.Chunk chunk;
        int from;
        int part;
        synchronized (this) {
            checkReadable();
            chunk = inbox.first();
            if (chunk == null && endCame) return -1;
            if (chunk == null && connectionEnded) throw connection.ended();
            reader = chunk == null ? Thread.currentThread() : null;
            if (chunk == null || length == 0) return 0;
            from = chunk.from();
            part = Math.min(length, chunk.size());
        }
        int done = 0;
        int grant = 0;
        while (chunk != null) {
            System.arraycopy(chunk.bytes, from, target, offset + done, part);
            done += part;
            synchronized (this) {
                if (inbox.first() != chunk) break; // dropped meanwhile
                grant += consumed(part);
                chunk = done == length ? null : inbox.first();
                if (chunk != null) {
                    from = chunk.from();
                    part = Math.min(length - done, chunk.size());
                }
            }
        }
        if (grant > 0) connection.grant(this, grant);
        return done;
    }

    private int consumed(int bytes) {
        Inbox.Chunk done = inbox.read(bytes);
        if (done != null) {
            window.release(done.bytes.length);
            if (done.isOwn()) connection.arrays().give(done.bytes);
        }
        if (endCame || connectionEnded) return 0;
        return window.consumed(bytes, connection.nanos(), connection.roundTripNanos());
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, source.length);
        boolean waited = false;
        writer = Thread.currentThread();
        try {
            int done = 0;
            do {
                checkDeadline();
                int allowed = (int) Math.min(length - done, writable());
                int n =
                        allowed == 0
                                ? 0
                                : connection.outbox().offer(this, source, offset + done, allowed);
                if (n > 0) {
                    spend(n);
                    done += n;
                } else if (done < length) {
                    waited = true;
                    if (n == 0) {
                        if (allowed == 0) connection.flush();
                        // As in reading: credit that came meanwhile may have woken nobody.
                        if (allowed > 0 || writable() == 0) await();
                    } else {
                        writable();
                        throw connection.ended();
                    }
                }
            } while (done < length);
        } finally {
            writer = null;
            if (waited) connection.outbox().leave(this);
        }
    }

    private synchronized long writable() throws IOException {
        if (reset != null) throw new StreamResetException(reset);
        if (connectionEnded) throw connection.ended();
        if (endSent) throw new IOException("the writing of this stream was closed");
        return credit;
    }

    private synchronized void spend(int bytes) {
        credit -= bytes;
    }

    private void checkReadable() throws IOException {
        if (readingReset) throw new StreamResetException(reset);
        if (readingClosed) throw new IOException("the reading of this stream was closed");
    }

    private void checkDeadline() throws InterruptedIOException {
        long until = deadline;
        if (until != NEVER && until - System.nanoTime() <= 0)
            throw new InterruptedIOException("the deadline of the stream has passed");
    }

    private void await() throws InterruptedIOException {
        long until = deadline;
        if (until == NEVER) LockSupport.park(this);
        else LockSupport.parkNanos(this, until - System.nanoTime());
        if (Thread.currentThread().isInterrupted())
            throw new InterruptedIOException("interrupted while waiting for a stream");
    }

    @Override
    public void closeWrite() throws IOException {
        synchronized (this) {
            if (endSent) return;
            writable();
        }
        sendEnd();
    }

    private void sendEnd() {
        boolean over;
        synchronized (this) {
            if (endSent || reset != null || connectionEnded) return;
            endSent = true;
            over = endCame;
        }
        // Alone in its frame: JavaScript's yamux may drop a payload that comes with it.
        connection.outbox().control(FrameType.WINDOW_UPDATE, FrameHeader.FIN, id, 0, true);
        wakeWriter();
        if (over) connection.remove(this);
    }

    @Override
    public void closeRead() {
        int grant;
        synchronized (this) {
            if (readingClosed) return;
            readingClosed = true;
            grant = drop();
            window.close();
        }
        wakeReader();
        if (grant > 0) connection.grant(this, grant);
    }

    /// Drops what was not read. No array is used again: a reader may be copying from one.
    private int drop() {
        int unread = 0;
        for (Inbox.Chunk chunk; (chunk = inbox.first()) != null; ) {
            unread += chunk.size();
            inbox.read(chunk.size());
            window.release(chunk.bytes.length);
        }
        return isOver() ? 0 : window.consumed(unread, connection.nanos(), 0);
    }

    /// Whether no credit is given any more.
    private boolean isOver() {
        return endCame || connectionEnded || reset != null || (endSent && readingClosed);
    }

    @Override
    public void reset() {
        if (end("the stream was reset by this end", true))
            connection.outbox().control(FrameType.WINDOW_UPDATE, FrameHeader.RST, id, 0, true);
    }

    /// Ends both directions for a reason.
    ///
    /// @return whether they had not both ended before
    private boolean end(String reason, boolean drop) {
        boolean first;
        synchronized (this) {
            first = reset == null && !connectionEnded && !(endSent && endCame);
            if (first) reset = reason;
            // What the other end had finished before it reset the rest is still read.
            if (drop || !endCame) {
                readingReset = reset != null;
                forget();
            }
        }
        wakeReader();
        wakeWriter();
        if (first) connection.remove(this);
        return first;
    }

    private void forget() {
        inbox.clear();
        window.close();
    }

    @Override
    public void deadline(Duration fromNow) {
        long nanos = fromNow.toNanos();
        deadline = nanos == 0 ? NEVER : System.nanoTime() + nanos;
        wakeReader();
        wakeWriter();
    }

    @Override
    public void close() {
        sendEnd();
        closeRead();
    }

    // What the connection calls.

    /// Whether nothing more may be written, as it was closed or reset.
    boolean isFinished() {
        return endSent || reset != null;
    }

    /// Takes part of a payload.
    ///
    /// @return whether the array is kept
    /// @throws LimitExceededException when there is no memory for it
    synchronized boolean arrived(byte[] bytes, int offset, int length, Keeping keeping)
            throws LimitExceededException {
        if (!wantsMore()) return false;
        if (keeping != Keeping.COPY) {
            window.hold(bytes.length);
            inbox.add(bytes, offset, length, keeping == Keeping.OWN);
            return true;
        }
        int n = inbox.gather(bytes, offset, length);
        if (n < length) {
            window.hold(inbox.nextLength(length - n));
            inbox.copy(bytes, offset + n, length - n);
        }
        return false;
    }

    /// Counts a payload that is announced.
    synchronized void announced(long bytes) throws ProtocolViolationException {
        window.announced(bytes);
    }

    /// Whether someone will read what comes.
    synchronized boolean wantsMore() {
        return !readingClosed && reset == null && !connectionEnded;
    }

    /// Counts a payload that was dropped, as nobody will read it.
    void dropped(int bytes) {
        int grant;
        synchronized (this) {
            grant = isOver() ? 0 : window.consumed(bytes, connection.nanos(), 0);
        }
        if (grant > 0) connection.grant(this, grant);
    }

    /// Takes more credit.
    synchronized void granted(long bytes) {
        credit = Math.min(credit + bytes, MOST_CREDIT);
    }

    /// The other end has finished.
    void ended() {
        boolean over;
        synchronized (this) {
            endCame = true;
            window.end();
            over = endSent;
        }
        if (over) connection.remove(this);
    }

    synchronized boolean hasEnded() {
        return endCame;
    }

    /// The other end reset the stream.
    void resetByPeer(long code) {
        end("the stream was reset by the other end, code " + code, false);
    }

    /// Ends the stream here and there for a reason of the connection's.
    void fail(String reason) {
        if (end(reason, true))
            connection.outbox().control(FrameType.WINDOW_UPDATE, FrameHeader.RST, id, 0, true);
    }

    /// The connection has ended. What came before can still be read, unless this end closed it.
    void connectionEnded(boolean keep) {
        synchronized (this) {
            if (connectionEnded) return;
            connectionEnded = true;
            if (!keep || readingClosed) forget();
        }
        wakeReader();
        wakeWriter();
    }

    boolean isReset() {
        return reset != null;
    }

    void wakeReader() {
        LockSupport.unpark(reader);
    }

    void wakeWriter() {
        LockSupport.unpark(writer);
    }

    /// Notes that this stream is to be woken.
    ///
    /// @return whether that is new
    boolean noteToWake() {
        if (toWake) return false;
        toWake = true;
        return true;
    }

    void wake() {
        toWake = false;
        wakeReader();
        wakeWriter();
    }

    /// Notes that the other end has taken this stream.
    ///
    /// @return whether that is new
    synchronized boolean noteTaken() {
        if (taken) return false;
        taken = true;
        return true;
    }

    /// Called at each tick: resets a stream that is closed here, and that the other end doesn't
    /// close.
    void tick() {
        boolean now;
        synchronized (this) {
            now = endSent && readingClosed && !endCame;
        }
        lingered = now ? lingered + 1 : 0;
        if (lingered > MOST_LINGERED) fail("the other end did not close the stream");
    }
}
