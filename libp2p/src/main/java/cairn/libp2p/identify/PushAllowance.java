package cairn.libp2p.identify;

import cairn.libp2p.swarm.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/// How many pushes are taken from each connection: [#BURST] at once, one more every [#EVERY]. State
/// is guarded by `this`.
final class PushAllowance {
    private static final int BURST = 10;
    private static final Duration EVERY = Duration.ofSeconds(5);

    private final InstantSource clock;
    private final Map<Connection, Instant> fullAgain = new HashMap<>();

    PushAllowance(InstantSource clock) {
        this.clock = clock;
    }

    /// Whether one more is taken now.
    synchronized boolean take(Connection connection) {
        Instant now = clock.instant();
        Instant full = fullAgain.getOrDefault(connection, now);
        if (full.isBefore(now)) full = now;
        Instant next = full.plus(EVERY);
        if (next.isAfter(now.plus(EVERY.multipliedBy(BURST)))) return false;
        fullAgain.put(connection, next);
        // Its end was told of before, or will be from now on.
        if (connection.isClosed()) fullAgain.remove(connection);
        return true;
    }

    /// How many connections it keeps account of.
    synchronized int remembered() {
        return fullAgain.size();
    }

    synchronized void forget(Connection connection) {
        fullAgain.remove(connection);
    }
}
