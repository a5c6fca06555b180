package cairn.libp2p.mdns;

import cairn.multiformats.multiaddr.Multiaddr;
import cairn.multiformats.peer.PeerId;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;

/// Which peers were seen lately, so that each is told of once in a while and not with every
/// datagram. Guarded by `this`.
final class Sightings {
    /// The most peers that are remembered; the one seen longest ago is forgotten first.
    static final int MAX_PEERS = 1_000;

    /// A peer whose addresses stay the same is told of again after so long.
    static final Duration AGAIN = Duration.ofMinutes(1);

    /// New sightings that are told of at once, and a second after that: a network has few peers, a
    /// forger of them as many as he likes.
    static final int BURST = 100;

    static final int PER_SECOND = 10;

    private final LongSupplier nanoTime;
    private final TokenBucket rate;
    private final LinkedHashMap<PeerId, Sighting> seen = new LinkedHashMap<>();

    private record Sighting(Set<Multiaddr> addresses, long at) {}

    Sightings(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.rate = new TokenBucket(BURST, PER_SECOND, nanoTime);
    }

    /// Whether a peer with these addresses is to be told of.
    synchronized boolean isNews(PeerId peer, List<Multiaddr> addresses) {
        long now = nanoTime.getAsLong();
        Sighting last = seen.get(peer);
        Set<Multiaddr> all = Set.copyOf(addresses);
        if (last != null && now - last.at < AGAIN.toNanos() && last.addresses.containsAll(all))
            return false;
        if (!rate.take()) return false;
        seen.remove(peer);
        seen.put(peer, new Sighting(all, now));
        if (seen.size() > MAX_PEERS) seen.pollFirstEntry();
        return true;
    }

    synchronized int size() {
        return seen.size();
    }
}
