package cairn.libp2p.quic;

import io.netty.channel.EventLoop;
import io.netty.handler.codec.quic.QuicChannel;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
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
    /// How often to look: seldom next to packets, and often next to what a stream's place is worth.
    private static final Duration LOOK = Duration.ofMillis(10);

    /// How long after its end a stream is given a nudge, and how long after that the next: when
    /// whatever was under way has arrived.
    private static final Duration NUDGE = Duration.ofSeconds(1);

    private final QuicChannel channel;
    private final EventLoop loop;

    /// The streams, and when each was over or was given its last nudge.
    private final Map<Long, Long> kept = new LinkedHashMap<>();

    private boolean looking;

    Endings(QuicChannel channel) {
        this.channel = channel;
        this.loop = channel.eventLoop();
    }

    /// A stream is over here.
    @SuppressWarnings("FutureReturnValueIgnored") // It looks itself whether it is still needed.
    void add(long stream) {
        if (isGone(stream)) return;
        kept.put(stream, System.nanoTime());
        if (!looking) {
            looking = true;
            loop.schedule(this::look, LOOK.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    /// Whether a stream is over here and not yet everywhere.
    boolean contains(long stream) {
        return kept.containsKey(stream);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // It looks itself whether it is still needed.
    private void look() {
        looking = false;
        if (!channel.isActive()) {
            kept.clear();
            return;
        }
        kept.keySet().removeIf(this::isGone);
        long now = System.nanoTime();
        for (Map.Entry<Long, Long> stream : kept.entrySet()) {
            if (now - stream.getValue() < NUDGE.toNanos()) continue;
            stream.setValue(now);
            NettyStreams.finishAgain(channel, stream.getKey());
        }
        if (kept.isEmpty()) return;
        looking = true;
        loop.schedule(this::look, LOOK.toNanos(), TimeUnit.NANOSECONDS);
    }

    private boolean isGone(long stream) {
        if (NettyStreams.isKept(channel, stream)) return false;
        NettyStreams.forget(channel, stream);
        return true;
    }
}
