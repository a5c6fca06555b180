package cairn.libp2p.peerstore;

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
import java.util.Set;

/// What is known of one peer, within the limits of a peer. Guarded by its [PeerStore].
final class PeerEntry {
    /// The most addresses of a peer, and the most bytes of them all: what identify can carry.
    static final int MAX_ADDRESSES = 500;

    static final int MAX_ADDRESS_BYTES = 80 << 10;

    /// The most protocols of a peer, and the most characters of them all.
    static final int MAX_PROTOCOLS = 1024;

    static final int MAX_PROTOCOL_CHARS = 80 << 10;

    /// The most characters that are kept of an agent version, which is for people to read.
    static final int MAX_AGENT_CHARS = 256;

    /// How much a new round trip weighs against those before it.
    private static final double LATENCY_WEIGHT = 0.1;

    /// The longest round trip that is believed, so that a bad measurement can't overflow.
    private static final Duration MAX_LATENCY = Duration.ofMinutes(5);

    private final Map<Multiaddr, KnownAddress> addresses = new LinkedHashMap<>();
    private Set<String> protocols = Set.of();
    private long addressBytes;
    private long protocolChars;
    private long sequence = -1;
    private PublicKey key;
    private String agentVersion = "";
    private double latencyNanos = -1;
    private Instant lastSeen;
    private int connections;

    PeerEntry(Instant now) {
        lastSeen = now;
    }

    void add(Multiaddr address, boolean certified, Instant expires, Instant now) {
        KnownAddress before = addresses.get(address);
        if (before != null) {
            boolean stays = before.certified() || certified;
            Instant later = before.expires().isAfter(expires) ? before.expires() : expires;
            addresses.put(address, new KnownAddress(address, stays, later));
            return;
        }
        int bytes = address.bytes().length;
        if (isFull(bytes)) expire(now);
        if (isFull(bytes)) return;
        addresses.put(address, new KnownAddress(address, certified, expires));
        addressBytes += bytes;
    }

    private boolean isFull(int more) {
        return addresses.size() >= MAX_ADDRESSES || addressBytes + more > MAX_ADDRESS_BYTES;
    }

    /// Puts the addresses of a signed record in place of all others.
    ///
    /// @return false when it isn't newer than the one in place
    boolean certify(
            long recordSequence, Collection<Multiaddr> signed, Instant expires, Instant now) {
        if (recordSequence <= sequence) return false;
        sequence = recordSequence;
        addresses.clear();
        addressBytes = 0;
        for (Multiaddr address : signed) add(address, true, expires, now);
        return true;
    }

    /// Forgets addresses whose time is over.
    void expire(Instant now) {
        if (connections > 0) return;
        addresses.values().removeIf(known -> !known.expires().isAfter(now));
        countAddressBytes();
    }

    private void countAddressBytes() {
        addressBytes = 0;
        for (Multiaddr address : addresses.keySet()) addressBytes += address.bytes().length;
    }

    void forgetAddresses() {
        addresses.clear();
        addressBytes = 0;
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
        protocolChars = 0;
        for (String protocol : next) {
            if (kept.size() == MAX_PROTOCOLS) break;
            if (protocolChars + protocol.length() > MAX_PROTOCOL_CHARS) break;
            if (kept.add(protocol)) protocolChars += protocol.length();
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

    /// About how many bytes this holds, for the limit of the whole store.
    long weight() {
        return addressBytes
                + protocolChars
                + agentVersion.length()
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

    /// Takes over what was known earlier; what is known better since then stays.
    void merge(StoredPeer earlier, Instant now) {
        if (earlier.sequence() > sequence) {
            addresses.values().removeIf(KnownAddress::certified);
            countAddressBytes();
            sequence = earlier.sequence();
        }
        for (KnownAddress known : earlier.addresses()) {
            if (!known.expires().isAfter(now)) continue;
            if (known.certified() && earlier.sequence() < sequence) continue;
            add(known.address(), known.certified(), known.expires(), now);
        }
        if (key == null) key = earlier.key().orElse(null);
        if (protocols.isEmpty()) protocols(earlier.protocols());
        if (agentVersion.isEmpty()) agentVersion(earlier.agentVersion());
        if (latencyNanos < 0) earlier.latency().ifPresent(this::roundTrip);
    }
}
