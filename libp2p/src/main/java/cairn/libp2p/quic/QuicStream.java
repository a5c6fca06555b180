package cairn.libp2p.quic;

import cairn.libp2p.limits.LimitExceededException;
import cairn.libp2p.muxer.MuxedStream;
import cairn.libp2p.muxer.StreamResetException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.handler.codec.quic.DefaultQuicStreamFrame;
import io.netty.handler.codec.quic.QuicStreamChannel;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/// A stream of a QUIC connection: two queues between virtual threads and the event loop.
///
/// The fields below `channel` are the event loop's; the queues guard themselves.
@SuppressWarnings("FutureReturnValueIgnored") // What fails ends the channel, which tells.
final class QuicStream implements MuxedStream {
    /// The code of a reset, and of a reader that has enough: go-libp2p's default.
    private static final int NO_REASON = 0;

    /// How much the connection may hold of this stream that it has not packed yet, so that it never
    /// waits for the loop to look here.
    private static final int AT_HAND = 2 * SendQueue.CHUNK;

    /// How long the end of a stream waits for room: longer than a full connection stays full while
    /// the other end lives, and short to wait for where the stream's own window is full.
    private static final Duration FULL_FOR_MOST = Duration.ofMillis(500);

    /// How often to look whether there is room for the end.
    private static final Duration ROOM_LOOK = Duration.ofMillis(10);

    private final QuicConnection connection;
    private final QuicStreamChannel channel;
    private final ReceiveQueue incoming;
    private final SendQueue outgoing;

    /// Bytes given to the connection, not yet taken into packets.
    private int atHand;

    /// When the connection last took bytes.
    private long lastPushed = System.nanoTime();

    /// Counts buffers that arrived, to see whether a read brought one.
    private long arrivals;

    /// It is in the list of streams that are read on at the end of the batch.
    private boolean touched;

    private boolean pulling;
    private boolean stopped;
    private boolean finishing;

    /// The end is to be said by itself, or was and may not have arrived yet.
    private boolean endIsOnItsWay;

    /// The other end is told to send no more once the end has arrived there; until then nothing is
    /// read, so that QUIC doesn't read the other end's end.
    private boolean stopsReading;

    private boolean theyEnded;
    private boolean readEnded;
    private boolean writeEnded;
    private boolean over;

    QuicStream(QuicConnection connection, QuicStreamChannel channel) {
        this.connection = connection;
        this.channel = channel;
        this.incoming = new ReceiveQueue(connection.memory(), () -> onLoop(this::pull));
        this.outgoing =
                new SendQueue(
                        channel.alloc(),
                        connection.memory(),
                        connection.meter(),
                        () -> onLoop(this::push));
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int n = incoming.read(target, offset, length);
        if (n > 0) connection.meter().received(n);
        return n;
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        if (length == 0) return;
        outgoing.write(source, offset, length);
    }

    @Override
    public void closeWrite() {
        if (outgoing.close()) onLoop(this::push);
    }

    /// The other end may go on: what it sends is taken and dropped.
    @Override
    public void closeRead() {
        incoming.close();
    }

    @Override
    public void reset() {
        Supplier<IOException> cause =
                () -> new StreamResetException("this end has reset the stream");
        outgoing.fail(cause);
        incoming.fail(cause, true);
        onLoop(this::abort);
    }

    @Override
    public void deadline(Duration fromNow) {
        Deadline.At at = Deadline.At.in(fromNow);
        incoming.deadline(at);
        outgoing.deadline(at);
    }

    /// Unlike after [#closeRead] the other end is told to send no more: nobody is left to whom it
    /// would matter.
    @Override
    public void close() {
        closeWrite();
        closeRead();
        onLoop(this::stopReading);
    }

    private void onLoop(Runnable task) {
        connection.onLoop(task);
    }

    /// What turns the channel's events into the queues'.
    ChannelInboundHandlerAdapter handler() {
        return new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext context, Object message) {
                arrived((ByteBuf) message);
            }

            @Override
            public void userEventTriggered(ChannelHandlerContext context, Object event) {
                if (event == ChannelInputShutdownReadComplete.INSTANCE) {
                    incoming.finish();
                    readEnded = true;
                    theyEnded = true;
                    endIfDone();
                }
            }

            @Override
            public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
                // A stream is reset as a whole: go-libp2p, too, ends both directions.
                Supplier<IOException> reset =
                        () -> new StreamResetException("the other end reset the stream");
                outgoing.fail(reset);
                incoming.fail(reset, true);
                abort();
            }

            @Override
            public void channelInactive(ChannelHandlerContext context) {
                closedBelow();
            }
        };
    }

    private void arrived(ByteBuf buffer) {
        arrivals++;
        connection.handedOn(buffer.readableBytes());
        try {
            incoming.offer(buffer);
        } catch (LimitExceededException e) {
            Supplier<IOException> cause = () -> new LimitExceededException(e.getMessage());
            outgoing.fail(cause);
            incoming.fail(cause, true);
            abort();
            return;
        }
        if (!pulling) touch();
    }

    /// Has the stream read on at the end of the batch, when all of its packets are in.
    void touch() {
        if (touched) return;
        touched = true;
        connection.touch(this);
    }

    void endOfBatch() {
        touched = false;
        pull();
    }

    /// Reads what the connection has, as far as the queue takes it. The read that finds nothing
    /// stays: it is answered when more arrives.
    private void pull() {
        if (pulling || over || stopsReading) return;
        pulling = true;
        try {
            while (!readEnded && incoming.wants()) {
                long before = arrivals;
                channel.read();
                if (arrivals == before) break;
            }
        } finally {
            pulling = false;
        }
        stopped(!readEnded && !incoming.wants());
        incoming.wake();
    }

    /// Tells the connection whether it holds bytes for want of room here.
    private void stopped(boolean now) {
        if (now != stopped) connection.stopped(now);
        stopped = now;
    }

    /// Gives the connection what was written, as far as it takes it.
    private void push() {
        while (!writeEnded && atHand < AT_HAND) {
            Optional<ByteBuf> next = outgoing.next();
            if (next.isEmpty()) break;
            ByteBuf buffer = next.get();
            int size = buffer.readableBytes();
            int capacity = buffer.capacity();
            boolean last = !finishing && outgoing.drained();
            if (last) finishing = true;
            atHand += size;
            ChannelFuture written =
                    channel.write(last ? new DefaultQuicStreamFrame(buffer, true) : buffer);
            if (written.isDone()) {
                pushed(written, size, capacity, last);
            } else {
                written.addListener(
                        later -> {
                            pushed(written, size, capacity, last);
                            push();
                        });
                stopIfRefused();
            }
        }
        if (!writeEnded && !finishing && outgoing.drained()) {
            finishing = true;
            endIsOnItsWay = true;
            connection.later(() -> finish(System.nanoTime() + FULL_FOR_MOST.toNanos()));
        }
    }

    /// Says the end by itself, for which there must be room, and twice: QUIC forgets a stream of
    /// which it has read the other end's end and all bytes are acknowledged, even while the word
    /// that these were all still waits, or was lost. So where the other end's end has been read,
    /// this one's is said when the bytes should be acknowledged already; else at once, and the
    /// other end is told to send no more only when this should have arrived.
    ///
    /// @param latest when to say it in any case
    private void finish(long latest) {
        if (writeEnded) return;
        boolean hasRoom = connection.hasRoom(channel.streamId());
        long now = System.nanoTime();
        long wait = theyEnded ? lastPushed + connection.settlesIn() - now : 0;
        if ((!hasRoom || wait > 0) && now - latest < 0) {
            stopIfRefused();
            long least = hasRoom ? 0 : ROOM_LOOK.toNanos();
            connection.after(Math.max(least, Math.min(wait, latest - now)), () -> finish(latest));
            return;
        }
        ChannelFuture finished =
                channel.write(new DefaultQuicStreamFrame(Unpooled.EMPTY_BUFFER, true));
        if (!finished.isDone()) {
            stopIfRefused();
            // The room may come only when the other end is told to send no more.
            endArrived();
        } else if (finished.isSuccess()) {
            connection.sayEndAgain(channel.streamId());
            connection.after(connection.settlesIn(), this::endArrived);
        }
        finished.addListener(sent -> finished());
    }

    private void finished() {
        writeEnded = true;
        connection.sentSomething();
        endIfDone();
    }

    /// An end that was said by itself should have arrived, or is not to be said any more.
    private void endArrived() {
        endIsOnItsWay = false;
        if (stopsReading) stopReading();
    }

    private void pushed(ChannelFuture written, int size, int capacity, boolean last) {
        atHand -= size;
        lastPushed = System.nanoTime();
        connection.sentSomething();
        outgoing.sent(capacity);
        if (!written.isSuccess()) refused();
        else if (last) finished();
    }

    /// What waits may wait for ever.
    private void stopIfRefused() {
        if (!connection.canSend(channel.streamId())) refused();
    }

    private void refused() {
        if (writeEnded) return;
        writeEnded = true;
        outgoing.fail(
                connection.isClosed()
                        ? connection::endedException
                        : () -> new StreamResetException("the other end reads no more"));
        endIfDone();
        endArrived();
    }

    private void stopReading() {
        if (readEnded || over) return;
        if (endIsOnItsWay) {
            stopsReading = true;
            stopped(true);
            return;
        }
        readEnded = true;
        channel.shutdownInput(NO_REASON);
        endIfDone();
    }

    private void abort() {
        if (over) return;
        readEnded = true;
        writeEnded = true;
        channel.shutdown(NO_REASON, channel.newPromise());
        NettyStreams.closeReset(channel);
        endIfDone();
    }

    private void endIfDone() {
        if (!readEnded || !writeEnded || over) return;
        over = true;
        stopped(false);
        channel.close();
        connection.over(this, channel.streamId());
    }

    /// The connection has ended, or the channel had an error that nobody asked for.
    private void closedBelow() {
        if (over) return;
        Supplier<IOException> cause =
                connection.isClosed()
                        ? connection::endedException
                        : () -> new StreamResetException("the stream broke");
        readEnded = true;
        writeEnded = true;
        over = true;
        stopped(false);
        // A reader that has learnt of the end finds that it can't write either.
        outgoing.fail(cause);
        incoming.fail(cause, false);
        connection.over(this, channel.streamId());
    }

    /// Nothing more is read or written, since this end closes the connection; what was written is
    /// still sent. Loop only.
    void lastWords(Supplier<IOException> cause) {
        outgoing.end(cause);
        incoming.fail(cause, false);
        push();
    }

    /// Whether all that was written has been packed. Loop only.
    boolean allSent() {
        return writeEnded || (!finishing && outgoing.isEmpty());
    }

    /// Takes in whatever the connection still has, since it ends. Loop only.
    void pullAll() {
        if (over) return;
        long before;
        do {
            before = arrivals;
            if (!readEnded) channel.read();
        } while (arrivals != before);
    }

    /// Ends it for want of its connection.
    void connectionEnded() {
        closedBelow();
    }
}
