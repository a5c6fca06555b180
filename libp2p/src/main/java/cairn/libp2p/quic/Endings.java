package cairn.libp2p.quic;

import io.netty.channel.EventLoop;
import io.netty.handler.codec.quic.QuicChannel;
import java.util.concurrent.TimeUnit;

/// The streams of a connection that are over here and that QUIC still keeps, until the other end
/// has acknowledged their end. As long as it keeps them, the other end can't open others in their
/// place.
///
/// QUIC doesn't tell when it drops one, and there are two ends after which it wouldn't without
/// being asked: when the other end says that it wants no more after all was sent, and when the
/// other end's last word comes after this end's was acknowledged and nobody reads. So it is looked
/// after. Owned by the event loop.
final class Endings {
    private final QuicChannel channel;
    private final EventLoop loop;

    private final Looks kept = new Looks();
    private boolean looking;

    Endings(QuicChannel channel) {
        this.channel = channel;
        this.loop = channel.eventLoop();
    }

    /// A stream is over here.
    void add(long stream) {
        if (isGone(stream)) return;
        kept.add(stream, System.nanoTime());
        lookLater();
    }

    /// Whether a stream is over here and not yet everywhere.
    boolean contains(long stream) {
        return kept.contains(stream);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // It looks itself whether it is still needed.
    private void lookLater() {
        if (looking || kept.isEmpty()) return;
        looking = true;
        loop.schedule(this::look, Looks.FIRST.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void look() {
        looking = false;
        if (!channel.isActive()) {
            kept.clear();
            return;
        }
        long now = System.nanoTime();
        for (Looks.Look each : kept.due(now)) {
            if (isGone(each.stream())) {
                kept.done(each);
                continue;
            }
            // When whatever was under way has arrived, a nudge may help.
            if (each.isLate()) NettyStreams.finishAgain(channel, each.stream());
            kept.again(each, now);
        }
        lookLater();
    }

    private boolean isGone(long stream) {
        if (NettyStreams.isKept(channel, stream)) return false;
        NettyStreams.forget(channel, stream);
        return true;
    }
}
