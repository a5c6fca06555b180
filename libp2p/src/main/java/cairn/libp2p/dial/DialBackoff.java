package cairn.libp2p.dial;

import cairn.multiformats.multiaddr.Multiaddr;
import cairn.multiformats.peer.PeerId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/// The dial back-off remembers which addresses of which peers failed, and when each may be tried
/// again: after 5 s + n² s, n being how often it failed in a row, and at most 5 minutes. Source:
/// go-libp2p, `swarm_dial.go`. State is guarded by `this`.
final class DialBackoff {
    private static final Duration BASE = Duration.ofSeconds(5);
    private static final Duration MOST = Duration.ofMinutes(5);

    /// The most addresses remembered; the one that failed longest ago goes first.
    private static final int MAX_ENTRIES = 8192;

    private final InstantSource clock;
    private final Map<Key, Failures> failures = new LinkedHashMap<>();

    private record Key(PeerId peer, Multiaddr address) {}

    private record Failures(int count, Instant until) {}

    DialBackoff(InstantSource clock) {
        this.clock = clock;
    }

    /// How long the address must still wait; zero when it may be dialled.
    synchronized Duration remaining(PeerId peer, Multiaddr address) {
        Failures entry = failures.get(new Key(peer, address));
        if (entry == null) return Duration.ZERO;
        Duration left = Duration.between(clock.instant(), entry.until());
        return left.isNegative() ? Duration.ZERO : left;
    }

    synchronized void failed(PeerId peer, Multiaddr address) {
        Key key = new Key(peer, address);
        Failures before = failures.remove(key);
        int count = before == null ? 0 : before.count() + 1;
        Duration wait = BASE.plusSeconds((long) count * count);
        if (wait.compareTo(MOST) > 0) wait = MOST;
        failures.put(key, new Failures(Math.min(count, 100), clock.instant().plus(wait)));
        if (failures.size() > MAX_ENTRIES) failures.remove(failures.keySet().iterator().next());
    }

    /// Forgets a peer's failures: it was reached, or it came by itself.
    synchronized void succeeded(PeerId peer) {
        failures.keySet().removeIf(key -> key.peer().equals(peer));
    }
}
