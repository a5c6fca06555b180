package cairn.libp2p.quic;

import cairn.libp2p.limits.LimitExceededException;
import cairn.libp2p.limits.MemoryBudget;
import cairn.libp2p.limits.Meter;
import cairn.libp2p.muxer.ConnectionClosedException;
import cairn.libp2p.muxer.MuxedConnection;
import cairn.libp2p.muxer.MuxedStream;
import cairn.libp2p.muxer.StreamAcceptor;
import cairn.libp2p.transport.Admission;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicConnectionCloseEvent;
import io.netty.handler.codec.quic.QuicConnectionPathStats;
import io.netty.handler.codec.quic.QuicConnectionStats;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.handler.codec.quic.QuicStreamLimitChangedEvent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future.State;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A QUIC connection whose handshake is done, and its streams.
///
/// Its state belongs to the event loop of its socket, but for the volatile fields, which the loop
/// writes and anyone reads.
@SuppressWarnings("FutureReturnValueIgnored") // What fails ends the channel, which tells.
final class QuicConnection implements MuxedConnection {
    /// The most streams that the other end may have open at a time. go-libp2p takes 256; one for
    /// each of a thousand blocks in flight does no harm, since what they hold is counted.
    static final int MAX_INCOMING_STREAMS = 1000;

    /// How long to wait until the other end allows one more stream: as over yamux.
    private static final Duration OPENS_WITHIN = Duration.ofSeconds(10);

    /// How long what was written may take to be sent when a connection is closed.
    private static final Duration LINGER = Duration.ofSeconds(1);

    /// How often it is looked at what is held for slow readers.
    private static final Duration BACKLOG_CHECK = Duration.ofMillis(20);

    /// What is left of a connection's window when whatever is packed goes out at once: two packets.
    private static final int ROOM = 2 * Sizes.MAX_PACKET;

    /// How long the other end may keep an acknowledgement back, RFC 9000, 18.2, and a little.
    static final Duration ACK_DELAY = Duration.ofMillis(30);

    /// The most of a round trip beyond the least that is waited for: the first ones, when nothing
    /// is compiled, take a tenth of a second and more on any machine.
    private static final Duration MOST_SLOWED = Duration.ofMillis(50);

    private static final Duration LEAST_LINGER = Duration.ofMillis(2);

    /// The code of a connection that is closed in order: go-libp2p's.
    private static final int NO_ERROR = 0;

    private final QuicChannel channel;
    private final EventLoop loop;
    private final Admission admission;
    private final Batch batch;
    private final Backlog backlog;
    private final Openings openings;
    private final Endings endings;
    private final Set<QuicStream> streams = new HashSet<>();
    private final List<Runnable> callbacks = new ArrayList<>();

    /// Streams that came in before [#start].
    private final List<MuxedStream> early = new ArrayList<>();

    private StreamAcceptor acceptor;

    private volatile int open;
    private volatile boolean closing;
    private volatile boolean closed;
    private long lastSent = System.nanoTime();
    private volatile ConnectionClosedException ended;
    private volatile String reason = "";
    private volatile long roundTripNanos;

    /// The least that was measured: the first ones are of cold code and of certificates.
    private long leastRoundTripNanos;

    /// @param batch where streams that have been touched are read on
    /// @param keepAlive how often to give a sign of life; empty where none can be given
    QuicConnection(
            QuicChannel channel, Admission admission, Batch batch, Optional<Duration> keepAlive) {
        this.channel = channel;
        this.loop = channel.eventLoop();
        this.admission = admission;
        this.batch = batch;
        this.openings = new Openings(channel, this::add);
        this.endings = new Endings(channel);
        this.backlog = new Backlog(admission.memory(), this::arrived);
        channel.closeFuture().addListener(ignored -> ended());
        keepAlive.ifPresent(this::giveSignsOfLife);
        onLoop(this::measure);
    }

    @Override
    public void start(StreamAcceptor to) {
        onLoop(
                () -> {
                    acceptor = to;
                    for (MuxedStream stream : early) to.accept(stream);
                    early.clear();
                });
    }

    @Override
    public MuxedStream open() throws IOException {
        var opened = new CompletableFuture<MuxedStream>();
        onLoop(() -> open(opened));
        try {
            return opened.get(OPENS_WITHIN.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ConnectionClosedException) throw endedException();
            if (e.getCause() instanceof LimitExceededException full)
                throw new LimitExceededException(full.getMessage());
            throw new IOException("a stream could not be opened", e.getCause());
        } catch (TimeoutException e) {
            abandon(opened);
            throw new LimitExceededException(
                    "the other end allowed no more streams for " + OPENS_WITHIN);
        } catch (InterruptedException e) {
            abandon(opened);
            Thread.currentThread().interrupt();
            throw (InterruptedIOException)
                    new InterruptedIOException("interrupted while opening a stream").initCause(e);
        }
    }

    /// Nobody waits for a stream any more: one that was just opened is reset.
    private static void abandon(CompletableFuture<MuxedStream> opened) {
        if (!opened.cancel(false) && opened.state() == State.SUCCESS) opened.resultNow().reset();
    }

    private void open(CompletableFuture<MuxedStream> opened) {
        if (closing || closed || !channel.isActive())
            opened.completeExceptionally(endedException());
        else openings.add(opened);
    }

    private QuicStream add(QuicStreamChannel below) {
        below.config().setAutoRead(false);
        below.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        below.config().setRecvByteBufAllocator(Sizes.streamReads());
        QuicStream stream = new QuicStream(this, below);
        below.pipeline().addLast(stream.handler());
        streams.add(stream);
        open = streams.size();
        stream.touch();
        return stream;
    }

    /// Takes a stream that the other end opened. Loop only.
    void incoming(QuicStreamChannel below) {
        if (below.isLocalCreated() || endings.contains(below.streamId())) {
            // A reset that came after the end of a stream: nobody is left whom it would concern.
            below.pipeline().addLast(new Deaf());
            return;
        }
        QuicStream stream = add(below);
        if (acceptor == null) early.add(stream);
        else acceptor.accept(stream);
    }

    /// A stream is over, at both ends' word or for want of a connection. Loop only.
    void over(QuicStream stream, long id) {
        streams.remove(stream);
        open = streams.size();
        if (!closed) endings.add(id);
    }

    boolean canSend(long id) {
        return !closed && channel.isOpen() && NettyStreams.canSend(channel, id);
    }

    /// Whether something more of a stream would be packed at once.
    boolean hasRoom(long id) {
        return !closed && channel.isOpen() && NettyStreams.hasRoom(channel, id, ROOM);
    }

    /// How long after something was packed it should be acknowledged, in nanoseconds: longer where
    /// round trips have become so, as an end that is busy takes its time. Loop only.
    long settlesIn() {
        measure();
        long slowed = Math.min(roundTripNanos - leastRoundTripNanos, MOST_SLOWED.toNanos());
        return 2 * (leastRoundTripNanos + slowed) + ACK_DELAY.toNanos();
    }

    /// Says once more that a stream has ended, in a packet of its own.
    void sayEndAgain(long id) {
        NettyStreams.finishAgain(channel, id);
    }

    /// Runs by itself on the event loop, when what is going on there is done.
    void later(Runnable task) {
        loop.execute(task);
    }

    /// Runs on the event loop after a time.
    void after(long nanos, Runnable task) {
        loop.schedule(task, nanos, TimeUnit.NANOSECONDS);
    }

    /// How long the loop would wait for acknowledgements now, for tests.
    long settles() throws InterruptedException, ExecutionException {
        return loop.submit(this::settlesIn).get();
    }

    /// How many streams Netty keeps for it, for tests.
    int remembered() throws InterruptedException, ExecutionException {
        return loop.submit(() -> NettyStreams.remembered(channel)).get();
    }

    /// What the connection's own channel tells: it is no stream.
    ChannelInboundHandlerAdapter handler() {
        return new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext context, Object message) {
                // Datagrams are signs of life; nothing is said in them.
                if (message instanceof QuicStreamChannel) context.fireChannelRead(message);
                else ReferenceCountUtil.release(message);
            }

            @Override
            public void userEventTriggered(ChannelHandlerContext context, Object event) {
                if (event instanceof QuicConnectionCloseEvent close)
                    reason =
                            "the other end closed the connection, error "
                                    + close.error()
                                    + printable(close.reason());
                if (event instanceof QuicStreamLimitChangedEvent) loop.execute(openings::serve);
                if (event instanceof QuicConnectionCloseEvent)
                    loop.execute(QuicConnection.this::closedThere);
            }

            @Override
            public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
                if (reason.isEmpty()) reason = "the connection broke: " + cause.getMessage();
            }
        };
    }

    /// Takes whatever comes on a stream that is over, and does nothing of it.
    private static final class Deaf extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ReferenceCountUtil.release(message);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }

    /// Words of the other end, as far as they may stand in a log.
    private static String printable(byte[] words) {
        if (words.length == 0) return "";
        int length = Math.min(words.length, 100);
        return ": "
                + new String(words, 0, length, StandardCharsets.US_ASCII).replaceAll("[^ -~]", "?");
    }

    @Override
    public int streams() {
        return open;
    }

    @Override
    public Optional<Duration> roundTrip() {
        onLoop(this::measure);
        long nanos = roundTripNanos;
        return nanos == 0 ? Optional.empty() : Optional.of(Duration.ofNanos(nanos));
    }

    private void measure() {
        if (closed || !channel.isActive()) return;
        channel.collectPathStats(0)
                .addListener(
                        stats -> {
                            if (stats.isSuccess())
                                measured(((QuicConnectionPathStats) stats.getNow()).rtt());
                        });
    }

    private void measured(long nanos) {
        roundTripNanos = nanos;
        if (nanos > 0 && (leastRoundTripNanos == 0 || nanos < leastRoundTripNanos))
            leastRoundTripNanos = nanos;
    }

    /// A datagram, which must be acknowledged, is the only sign of life that an application can
    /// give here.
    private void giveSignsOfLife(Duration every) {
        Future<?> signs =
                loop.scheduleAtFixedRate(
                        () -> {
                            measure();
                            if (channel.isActive())
                                channel.writeAndFlush(Unpooled.wrappedBuffer(new byte[1]));
                        },
                        every.toNanos(),
                        every.toNanos(),
                        TimeUnit.NANOSECONDS);
        channel.closeFuture().addListener(ignored -> signs.cancel(false));
    }

    @Override
    public void whenClosed(Runnable callback) {
        Runnable onThread = () -> Thread.ofVirtual().name("quic-closed").start(callback);
        onLoop(
                () -> {
                    if (closed) onThread.run();
                    else callbacks.add(onThread);
                });
    }

    @Override
    public boolean isClosed() {
        return closing || closed || !channel.isOpen();
    }

    /// What was written before still arrives: the other end is told after that, or after [#LINGER].
    @Override
    public void close() {
        closing = true;
        onLoop(this::beginToClose);
    }

    private void beginToClose() {
        if (closed || !reason.isEmpty()) return;
        reason = "this end closed the connection";
        for (QuicStream stream : List.copyOf(streams)) stream.lastWords(this::endedException);
        closeWhenSent(System.nanoTime() + LINGER.toNanos());
    }

    private void closeWhenSent(long latest) {
        if (closed) return;
        long now = System.nanoTime();
        boolean sent = streams.stream().allMatch(QuicStream::allSent);
        // The last packets are on their way: who gets the word first drops them.
        boolean arrived = sent && now - lastSent > 2 * roundTripNanos + LEAST_LINGER.toNanos();
        if (arrived || now - latest >= 0) channel.close(true, NO_ERROR, Unpooled.EMPTY_BUFFER);
        else
            loop.schedule(
                    () -> closeWhenSent(latest), LEAST_LINGER.toNanos(), TimeUnit.NANOSECONDS);
    }

    /// The other end has closed: whatever came before is still read.
    private void closedThere() {
        for (QuicStream stream : List.copyOf(streams)) stream.pullAll();
        ended();
        channel.close();
    }

    private void ended() {
        if (closed) return;
        if (reason.isEmpty())
            reason =
                    channel.isTimedOut()
                            ? "the other end was silent for too long"
                            : "the connection ended";
        ended = new ConnectionClosedException(reason);
        closed = true;
        for (QuicStream stream : List.copyOf(streams)) stream.connectionEnded();
        early.clear();
        backlog.release();
        admission.close();
        openings.fail(ended);
        for (Runnable callback : callbacks) callback.run();
        callbacks.clear();
    }

    /// Why the connection ended, for whoever uses it now.
    ConnectionClosedException endedException() {
        ConnectionClosedException cause = ended;
        return cause == null
                ? new ConnectionClosedException(
                        reason.isEmpty() ? "the connection has ended" : reason)
                : new ConnectionClosedException(cause.getMessage(), cause);
    }

    /// A stream's queue has become full, or is no longer. Loop only.
    void stopped(boolean full) {
        if (!full) backlog.goOn();
        else if (backlog.stop()) checkBacklog();
    }

    void handedOn(int bytes) {
        backlog.handOn(bytes);
    }

    private void checkBacklog() {
        if (closed) return;
        try {
            if (backlog.check())
                loop.schedule(this::checkBacklog, BACKLOG_CHECK.toNanos(), TimeUnit.NANOSECONDS);
        } catch (LimitExceededException e) {
            reason = "this end has no memory for what nobody reads: " + e.getMessage();
            channel.close(true, NO_ERROR, Unpooled.EMPTY_BUFFER);
        }
    }

    /// Bytes of all packets that have arrived. Loop only.
    private long arrived() {
        Future<QuicConnectionStats> stats = channel.collectStats();
        return stats.isSuccess() && stats.getNow() != null ? stats.getNow().recvBytes() : 0;
    }

    /// Something was packed: a connection that closes gives it time to arrive. Loop only.
    void sentSomething() {
        lastSent = System.nanoTime();
    }

    MemoryBudget memory() {
        return admission.memory();
    }

    Meter meter() {
        return admission.meter();
    }

    void touch(QuicStream stream) {
        batch.touch(stream);
    }

    /// Runs on the event loop: now, if this is it.
    void onLoop(Runnable task) {
        if (loop.inEventLoop()) task.run();
        else if (!loop.isShuttingDown()) loop.execute(task);
    }
}
