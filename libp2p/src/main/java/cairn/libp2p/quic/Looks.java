package cairn.libp2p.quic;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;

/// When to look at which of many streams: soon at one that is new, and ever less often at one that
/// is old, so that streams which stay for ever cost next to nothing. Owned by the event loop.
final class Looks {
    /// The first wait; each later one is twice the one before, up to [#LONGEST].
    static final Duration FIRST = Duration.ofMillis(10);

    /// By then whatever was under way has arrived.
    static final Duration LONGEST = Duration.ofSeconds(1);

    /// The most at a time: what the loop does for these keeps it from packets.
    static final int MOST = 256;

    /// A look at a stream.
    ///
    /// @param at when it is due
    /// @param waited how long after the one before, in nanoseconds
    record Look(long stream, long at, long waited) {
        /// Whether the stream has been there for long.
        boolean isLate() {
            return waited >= LONGEST.toNanos();
        }
    }

    private final Set<Long> streams = new HashSet<>();
    private final PriorityQueue<Look> looks =
            new PriorityQueue<>(Comparator.comparingLong(Look::at));

    /// Has a stream looked at from now on.
    void add(long stream, long now) {
        if (streams.add(stream))
            looks.add(new Look(stream, now + FIRST.toNanos(), FIRST.toNanos()));
    }

    boolean contains(long stream) {
        return streams.contains(stream);
    }

    /// The looks that are due, each to be answered with [#again] or [#done].
    List<Look> due(long now) {
        List<Look> due = new ArrayList<>();
        while (due.size() < MOST && !looks.isEmpty() && looks.peek().at() <= now)
            due.add(looks.poll());
        return due;
    }

    void again(Look last, long now) {
        long wait = Math.min(2 * last.waited(), LONGEST.toNanos());
        looks.add(new Look(last.stream(), now + wait, wait));
    }

    void done(Look last) {
        streams.remove(last.stream());
    }

    boolean isEmpty() {
        return streams.isEmpty();
    }

    void clear() {
        streams.clear();
        looks.clear();
    }
}
