package cairn.libp2p.yamux;

import cairn.libp2p.limits.LimitExceededException;
import cairn.libp2p.limits.MemoryBudget;
import cairn.libp2p.muxer.ConnectionClosedException;
import cairn.libp2p.muxer.MuxedConnection;
import cairn.libp2p.muxer.MuxedStream;
import cairn.libp2p.muxer.StreamAcceptor;
import cairn.libp2p.wire.Duplex;
import cairn.libp2p.wire.Role;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A yamux connection: its streams, its beginning and its end.
///
/// `streams` is concurrent; a stream's place and memory are given back by whoever takes it out.
/// `nextId` and the order of first frames are guarded by `opening`, callbacks by `this`. The
/// connection has ended once `end` is set; a thread of its own then says so to the other end and
/// closes the channel, in bounded time.
final class YamuxConnection implements MuxedConnection {
    /// What a stream is taken to cost beside its bytes.
    static final int STREAM_COST = 1_024;

    /// The most streams that the other end may have open; what is above this module sets the limits
    /// that matter.
    static final int MOST_INCOMING = 2_048;

    /// The most streams that the other end has not taken yet: go refuses more.
    static final int MOST_UNTAKEN = 256;

    /// How often [#tick] is called.
    static final Duration TICK = Duration.ofSeconds(5);

    /// After so many ticks without a byte the other end is asked whether it is there: 30 s.
    static final int TICKS_UNTIL_ASKED = 6;

    /// For how many ticks an answer, or a write, may take: 10 s.
    static final int TICKS_TO_ANSWER = 2;

    /// How long opening a stream waits for others to be taken.
    private static final Duration OPENING = Duration.ofSeconds(10);

    /// How long the end waits for what is packed to be written.
    private static final Duration WRITING_OUT = Duration.ofSeconds(1);

    /// How long the end waits for the other end's: closing a socket earlier may destroy what is on
    /// its way.
    private static final Duration LINGERING = Duration.ofMillis(250);

    private static final long MOST_ID = 0xffff_ffffL;
    private static final int UNSAID = -1;
    private static final int NORMAL = 0;
    private static final int PROTOCOL_ERROR = 1;
    private static final int INTERNAL_ERROR = 2;
    private static final Logger LOG = LoggerFactory.getLogger(YamuxConnection.class);

    private final Duplex channel;
    private final Role role;
    private final MemoryBudget memory;
    private final FrameArrays arrays;
    private final LongSupplier nanos;
    private final Outbox outbox;
    private final ConcurrentMap<Integer, YamuxStream> streams = new ConcurrentHashMap<>(4);
    private final AtomicInteger incoming = new AtomicInteger();
    private final Semaphore untaken = new Semaphore(MOST_UNTAKEN, true);
    private final Object opening = new Object();
    private final AtomicReference<ConnectionClosedException> end = new AtomicReference<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<Runnable> callbacks = new ArrayList<>(1);
    private long nextId;
    private volatile Thread reader;
    private volatile Future<?> ticking;
    private StreamAcceptor acceptor;
    private volatile boolean heard;
    private volatile long roundTrip;
    private volatile long askedAt;
    private volatile int question;
    private int silentTicks;
    private long lastWrite;
    private int writeTicks;

    YamuxConnection(
            Duplex channel,
            Role role,
            MemoryBudget memory,
            FrameArrays arrays,
            LongSupplier nanos) {
        this.channel = channel;
        this.role = role;
        this.memory = memory;
        this.arrays = arrays;
        this.nanos = nanos;
        outbox = new Outbox(channel, this::writingFailed);
        nextId = role == Role.INITIATOR ? 1 : 2;
    }

    @Override
    public void start(StreamAcceptor acceptor) {
        if (reader != null) throw new IllegalStateException("a connection is started once");
        accepts(acceptor);
        reader = Thread.ofVirtual().name("yamux-read").unstarted(this::readAll);
        reader.start();
        ask();
    }

    /// Sets who takes the other end's streams.
    void accepts(StreamAcceptor by) {
        acceptor = by;
    }

    /// Has the connection ticked by something that is cancelled when it ends.
    void tickedBy(Future<?> ticks) {
        ticking = ticks;
        if (end.get() != null) ticks.cancel(false);
    }

    private void readAll() {
        try {
            new FrameReader(new Demultiplexer(this, nanos), arrays).readAll(channel);
            end("the other end closed the channel", UNSAID, true);
        } catch (ProtocolViolationException e) {
            end("the other end broke the protocol: " + e.getMessage(), PROTOCOL_ERROR, true);
        } catch (IOException e) {
            end("reading failed: " + e.getMessage(), UNSAID, true);
        } finally {
            end("reading stopped", INTERNAL_ERROR, true);
        }
    }

    @Override
    public MuxedStream open() throws IOException {
        throwIfEnded();
        memory.reserve(STREAM_COST);
        boolean opened = false;
        try {
            if (!untaken.tryAcquire(OPENING.toMillis(), TimeUnit.MILLISECONDS))
                throw new LimitExceededException(
                        MOST_UNTAKEN + " streams wait for the other end to take them");
            opened = true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while opening a stream");
        } finally {
            if (!opened) memory.release(STREAM_COST);
        }
        synchronized (opening) {
            if (nextId > MOST_ID) {
                untaken.release();
                memory.release(STREAM_COST);
                throw new LimitExceededException("the connection has used up its stream ids");
            }
            YamuxStream stream = register((int) nextId);
            nextId += 2;
            // Goes out with the first bytes, or when someone waits for the other end's.
            outbox.control(FrameType.WINDOW_UPDATE, FrameHeader.SYN, stream.id(), 0, false);
            if (end.get() == null) return stream;
            stream.connectionEnded(false);
            remove(stream);
        }
        throw ended();
    }

    private YamuxStream register(int id) {
        YamuxStream stream = new YamuxStream(this, id, new ReceiveWindow(memory, nanos()));
        streams.put(id, stream);
        return stream;
    }

    /// Takes a stream that the other end opens, or refuses it.
    ///
    /// @return the stream, or null where it was refused
    YamuxStream incoming(int id) throws ProtocolViolationException {
        if (id == 0 || isOwn(id))
            throw new ProtocolViolationException(
                    "opened stream " + Integer.toUnsignedString(id) + ", which isn't its to open");
        if (streams.containsKey(id))
            throw new ProtocolViolationException(
                    "opened stream " + Integer.toUnsignedString(id) + " twice");
        if (end.get() != null) return null;
        if (!admit()) {
            outbox.control(FrameType.WINDOW_UPDATE, FrameHeader.RST, id, 0, true);
            return null;
        }
        YamuxStream stream = register(id);
        stream.noteTaken();
        if (end.get() != null) {
            stream.connectionEnded(false);
            remove(stream);
            return null;
        }
        outbox.control(FrameType.WINDOW_UPDATE, FrameHeader.ACK, id, 0, true);
        acceptor.accept(stream);
        return stream;
    }

    private boolean admit() {
        if (incoming.get() >= MOST_INCOMING) return false;
        try {
            memory.reserve(STREAM_COST);
        } catch (LimitExceededException e) {
            LOG.debug("a stream is refused: {}", e.getMessage());
            return false;
        }
        incoming.incrementAndGet();
        return true;
    }

    /// A stream of this end has been taken by the other.
    void taken(YamuxStream stream) {
        if (stream.noteTaken()) untaken.release();
    }

    YamuxStream stream(int id) {
        return streams.get(id);
    }

    /// Gives a stream's place back, once.
    void remove(YamuxStream stream) {
        if (!streams.remove(stream.id(), stream)) return;
        memory.release(STREAM_COST);
        if (isOwn(stream.id())) taken(stream);
        else incoming.decrementAndGet();
    }

    private boolean isOwn(int id) {
        return (id & 1) == (role == Role.INITIATOR ? 1 : 0);
    }

    /// Where streams give back arrays that are read.
    FrameArrays arrays() {
        return arrays;
    }

    Outbox outbox() {
        return outbox;
    }

    void flush() {
        outbox.flush();
    }

    void grant(YamuxStream stream, int bytes) {
        outbox.control(FrameType.WINDOW_UPDATE, 0, stream.id(), bytes, true);
    }

    long nanos() {
        return nanos.getAsLong();
    }

    @Override
    public int streams() {
        return streams.size();
    }

    // Keep-alive.

    void heard() {
        heard = true;
    }

    private void ask() {
        int value = question + 1;
        question = value;
        askedAt = nanos();
        outbox.control(FrameType.PING, FrameHeader.SYN, 0, value, true);
    }

    void answerPing(int value) {
        outbox.control(FrameType.PING, FrameHeader.ACK, 0, value, true);
    }

    void pingAnswered(int value) {
        long asked = askedAt;
        if (value != question || asked == 0) return;
        askedAt = 0;
        roundTrip = Math.max(1, nanos() - asked);
    }

    /// The last round trip in nanoseconds; 0 where none is known.
    long roundTripNanos() {
        return roundTrip;
    }

    @Override
    public Optional<Duration> roundTrip() {
        return roundTrip == 0 ? Optional.empty() : Optional.of(Duration.ofNanos(roundTrip));
    }

    /// Called every [#TICK] by one thread at a time: asks a silent peer whether it is there, and
    /// ends what doesn't move. What waits for a rate of this end's is no fault of the other's.
    void tick() {
        boolean held = channel.isHeld();
        silentTicks = heard || held ? 0 : silentTicks + 1;
        heard = false;
        if (silentTicks == TICKS_UNTIL_ASKED) ask();
        if (silentTicks >= TICKS_UNTIL_ASKED + TICKS_TO_ANSWER)
            end("the other end doesn't answer", UNSAID, true);
        long write = outbox.currentWrite();
        writeTicks = write != 0 && write == lastWrite && !held ? writeTicks + 1 : 0;
        lastWrite = write;
        if (writeTicks >= TICKS_TO_ANSWER)
            end("the other end takes nothing that is written", UNSAID, true);
        outbox.trim();
        streams.values().forEach(YamuxStream::tick);
    }

    // The end.

    /// The other end said that it goes.
    void wentAway(long code) {
        end("the other end closed the connection, code " + code, UNSAID, true);
    }

    /// What came before is still read: the peer may have closed right after an answer.
    private void writingFailed(String why) {
        outbox.discard();
        Thread.ofVirtual().name("yamux-end").start(() -> endAfterReading(why));
    }

    private void endAfterReading(String why) {
        awaitReader();
        end(why, UNSAID, true);
    }

    private void awaitReader() {
        Thread reading = reader;
        if (reading == null) return;
        try {
            reading.join(LINGERING);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        end("this end closed the connection", NORMAL, false);
        try {
            if (!closed.await(10, TimeUnit.SECONDS))
                throw new IOException("the channel of a connection doesn't close");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while closing a connection");
        }
    }

    private void end(String why, int code, boolean keepUnread) {
        if (!end.compareAndSet(null, new ConnectionClosedException(why))) return;
        LOG.debug("a connection ends: {}", why);
        Future<?> ticks = ticking;
        if (ticks != null) ticks.cancel(false);
        for (YamuxStream each : streams.values()) {
            each.connectionEnded(keepUnread);
            remove(each);
        }
        if (code != UNSAID) outbox.control(FrameType.GO_AWAY, 0, 0, code, true);
        Thread.ofVirtual().name("yamux-end").start(() -> shut(code));
    }

    private void shut(int code) {
        try {
            if (code == UNSAID) outbox.discard();
            outbox.close();
            outbox.awaitWritten(WRITING_OUT.toNanos());
            if (code == NORMAL) awaitReader();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            closeChannel();
        }
    }

    private void closeChannel() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("a channel did not close well: {}", e.getMessage());
        }
        List<Runnable> told;
        synchronized (this) {
            closed.countDown();
            told = List.copyOf(callbacks);
            callbacks.clear();
        }
        told.forEach(Runnable::run);
    }

    @Override
    public void whenClosed(Runnable callback) {
        synchronized (this) {
            if (closed.getCount() > 0) {
                callbacks.add(callback);
                return;
            }
        }
        callback.run();
    }

    @Override
    public boolean isClosed() {
        return end.get() != null;
    }

    private void throwIfEnded() throws ConnectionClosedException {
        if (end.get() != null) throw ended();
    }

    /// Why nothing goes on, for whoever is told.
    ConnectionClosedException ended() {
        ConnectionClosedException why = end.get();
        return why == null
                ? new ConnectionClosedException("the connection can't be written any more")
                : new ConnectionClosedException(why.getMessage(), why);
    }
}
