package cairn.libp2p.peerstore;

import cairn.libp2p.limits.HeapWeight;
import cairn.multiformats.multiaddr.Multiaddr;
import cairn.multiformats.peer.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// What is known of one peer, within the limits of a peer. Guarded by its [PeerStore].
final class PeerEntry {
    /// The most addresses of a peer, and the most that they weigh: some more than the honest ones
    /// with most, which listen on several interfaces and at several relays. What a connected peer
    /// says beyond is in its connection.
    static final int MAX_ADDRESSES = 64;

    static final int MAX_ADDRESS_WEIGHT = 24 << 10;

    /// The most protocols of a peer, and the most that they weigh: three times of what Kubo speaks.
    static final int MAX_PROTOCOLS = 128;

    static final int MAX_PROTOCOL_WEIGHT = 24 << 10;

    /// The most characters that are kept of an agent version, which is for people to read.
    static final int MAX_AGENT_CHARS = 256;

    /// What a peer takes of whom nothing is known: its id, this object with its collections, its
    /// place in the store.
    static final int BASE_WEIGHT = 1 << 10;

    /// How much a new round trip weighs against those before it.
    private static final double LATENCY_WEIGHT = 0.1;

    /// The longest round trip that is believed, so that a bad measurement can't overflow.
    private static final Duration MAX_LATENCY = Duration.ofMinutes(5);

    private final Map<Multiaddr, KnownAddress> addresses = new LinkedHashMap<>();
    private Set<String> protocols = Set.of();
    private long addressWeight;
    private long protocolWeight;
    private OptionalLong sequence = OptionalLong.empty();
    private PublicKey key;
    private String agentVersion = "";
    private double latencyNanos = -1;
    private Instant lastSeen;
    private int connections;

    PeerEntry(Instant now) {
        lastSeen = now;
    }

    /// Adds an address; when there is no room, in place of others that nobody signed for and that
    /// are believed less long.
    void add(Multiaddr address, boolean certified, Instant expires, Instant now) {
        KnownAddress before = addresses.get(address);
        if (before != null) {
            boolean stays = before.certified() || certified;
            Instant later = before.expires().isAfter(expires) ? before.expires() : expires;
            addresses.put(address, new KnownAddress(address, stays, later));
            return;
        }
        long weight = HeapWeight.of(address);
        if (isFull(weight)) expire(now);
        while (isFull(weight)) {
            Optional<KnownAddress> worse = worse(expires);
            if (worse.isEmpty()) return;
            addresses.remove(worse.get().address());
            addressWeight -= HeapWeight.of(worse.get().address());
        }
        addresses.put(address, new KnownAddress(address, certified, expires));
        addressWeight += weight;
    }

    private boolean isFull(long more) {
        return addresses.size() >= MAX_ADDRESSES || addressWeight + more > MAX_ADDRESS_WEIGHT;
    }

    private Optional<KnownAddress> worse(Instant expires) {
        return addresses.values().stream()
                .filter(known -> !known.certified() && known.expires().isBefore(expires))
                .min(Comparator.comparing(KnownAddress::expires));
    }

    /// Puts the addresses of a signed record in place of all others.
    ///
    /// @return false when the one in place is newer
    boolean certify(
            long recordSequence, Collection<Multiaddr> signed, Instant expires, Instant now) {
        if (isOlder(recordSequence)) return false;
        sequence = OptionalLong.of(recordSequence);
        forgetAddresses();
        for (Multiaddr address : signed) add(address, true, expires, now);
        return true;
    }

    private boolean isOlder(long recordSequence) {
        return sequence.isPresent()
                && Long.compareUnsigned(recordSequence, sequence.getAsLong()) < 0;
    }

    /// Forgets addresses whose time is over.
    void expire(Instant now) {
        if (connections > 0) return;
        addresses.values().removeIf(known -> !known.expires().isAfter(now));
        weighAddresses();
    }

    private void weighAddresses() {
        addressWeight = HeapWeight.ofAddresses(addresses.keySet());
    }

    void forgetAddresses() {
        addresses.clear();
        addressWeight = 0;
    }

    /// The addresses, those it signed for first, then those believed longest.
    List<KnownAddress> addresses() {
        return addresses.values().stream()
                .sorted(
                        Comparator.comparing(KnownAddress::certified)
                                .thenComparing(KnownAddress::expires)
                                .reversed())
                .toList();
    }

    void connected(Instant now) {
        connections++;
        lastSeen = now;
    }

    /// @param until how long its addresses are believed at least, if this was the last connection
    void disconnected(Instant now, Instant until) {
        if (connections == 0) throw new IllegalStateException("a peer that isn't connected went");
        connections--;
        lastSeen = now;
        if (connections > 0) return;
        addresses.replaceAll((address, known) -> atLeast(known, until));
    }

    private static KnownAddress atLeast(KnownAddress known, Instant until) {
        return known.expires().isBefore(until)
                ? new KnownAddress(known.address(), known.certified(), until)
                : known;
    }

    boolean isConnected() {
        return connections > 0;
    }

    void protocols(Collection<String> next) {
        Set<String> kept = new LinkedHashSet<>();
        protocolWeight = 0;
        for (String protocol : next) {
            if (kept.size() == MAX_PROTOCOLS) break;
            long weight = HeapWeight.of(protocol);
            if (protocolWeight + weight > MAX_PROTOCOL_WEIGHT) break;
            if (kept.add(protocol)) protocolWeight += weight;
        }
        protocols = Set.copyOf(kept);
    }

    Set<String> protocols() {
        return protocols;
    }

    void key(PublicKey next) {
        key = next;
    }

    Optional<PublicKey> key() {
        return Optional.ofNullable(key);
    }

    void agentVersion(String next) {
        agentVersion = next.substring(0, Math.min(next.length(), MAX_AGENT_CHARS));
    }

    void roundTrip(Duration measured) {
        Duration bounded = measured.compareTo(MAX_LATENCY) > 0 ? MAX_LATENCY : measured;
        double nanos = Math.max(0, bounded.toNanos());
        latencyNanos =
                latencyNanos < 0 ? nanos : latencyNanos + LATENCY_WEIGHT * (nanos - latencyNanos);
    }

    Optional<Duration> latency() {
        return latencyNanos < 0
                ? Optional.empty()
                : Optional.of(Duration.ofNanos((long) latencyNanos));
    }

    void seen(Instant now) {
        if (now.isAfter(lastSeen)) lastSeen = now;
    }

    Instant lastSeen() {
        return lastSeen;
    }

    /// About how many bytes of heap this takes, for the limit of the whole store.
    long weight() {
        return BASE_WEIGHT
                + addressWeight
                + protocolWeight
                + HeapWeight.of(agentVersion)
                + (key == null ? 0 : key.data().length);
    }

    /// All that is known, to be kept.
    ///
    /// @param until how long the addresses of a connected peer are believed at least
    StoredPeer record(Instant until) {
        List<KnownAddress> kept = addresses();
        if (isConnected()) kept = kept.stream().map(known -> atLeast(known, until)).toList();
        return new StoredPeer(kept, sequence, key(), protocols, agentVersion, latency(), lastSeen);
    }

    String agentVersion() {
        return agentVersion;
    }

    private boolean isOlderThan(OptionalLong other) {
        return other.isPresent()
                && (sequence.isEmpty()
                        || Long.compareUnsigned(sequence.getAsLong(), other.getAsLong()) < 0);
    }

    /// Takes over what was known earlier; what is known better since then stays.
    void merge(StoredPeer earlier, Instant now) {
        if (isOlderThan(earlier.sequence())) {
            addresses.values().removeIf(KnownAddress::certified);
            weighAddresses();
            sequence = earlier.sequence();
        }
        for (KnownAddress known : earlier.addresses()) {
            if (!known.expires().isAfter(now)) continue;
            if (known.certified() && !earlier.sequence().equals(sequence)) continue;
            add(known.address(), known.certified(), known.expires(), now);
        }
        if (key == null) key = earlier.key().orElse(null);
        if (protocols.isEmpty()) protocols(earlier.protocols());
        if (agentVersion.isEmpty()) agentVersion(earlier.agentVersion());
        if (latencyNanos < 0) earlier.latency().ifPresent(this::roundTrip);
    }
}
