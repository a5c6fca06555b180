package cairn.libp2p.quic;

import cairn.libp2p.limits.LimitExceededException;
import cairn.libp2p.muxer.MuxedStream;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.handler.codec.quic.QuicStreamType;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/// Those who wait for a stream of a connection, in the order they came: the other end says how many
/// may be open. Owned by the event loop.
final class Openings {
    /// Threads that may wait: several times what any peer takes at once. More have no prospect.
    static final int MOST_WAITING = 4096;

    private final QuicChannel channel;
    private final Function<QuicStreamChannel, MuxedStream> opened;
    private final Deque<CompletableFuture<MuxedStream>> waiting = new ArrayDeque<>();

    /// @param opened makes a stream of what was opened
    Openings(QuicChannel channel, Function<QuicStreamChannel, MuxedStream> opened) {
        this.channel = channel;
        this.opened = opened;
    }

    /// Opens a stream for someone, as soon as those before have theirs. Who has given up has
    /// cancelled the future.
    void add(CompletableFuture<MuxedStream> who) {
        waiting.removeIf(CompletableFuture::isDone);
        if (waiting.size() >= MOST_WAITING) {
            who.completeExceptionally(
                    new LimitExceededException(
                            MOST_WAITING + " wait already for a stream of the connection"));
            return;
        }
        waiting.add(who);
        serve();
    }

    /// The other end may have allowed more.
    void serve() {
        while (!waiting.isEmpty() && channel.peerAllowedStreams(QuicStreamType.BIDIRECTIONAL) > 0) {
            CompletableFuture<MuxedStream> next = waiting.removeFirst();
            if (!next.isDone()) open(next);
        }
    }

    private void open(CompletableFuture<MuxedStream> next) {
        // Registered on this very thread: the future is done when it is returned.
        channel.createStream(QuicStreamType.BIDIRECTIONAL, new ChannelInboundHandlerAdapter())
                .addListener(
                        created -> {
                            if (!created.isSuccess()) {
                                next.completeExceptionally(created.cause());
                                return;
                            }
                            MuxedStream stream = opened.apply((QuicStreamChannel) created.getNow());
                            if (!next.complete(stream)) stream.reset();
                        });
    }

    /// The connection has ended.
    void fail(IOException cause) {
        for (CompletableFuture<MuxedStream> each : waiting) each.completeExceptionally(cause);
        waiting.clear();
    }
}
