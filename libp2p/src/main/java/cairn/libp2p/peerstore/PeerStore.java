package cairn.libp2p.peerstore;

import cairn.multiformats.multiaddr.Multiaddr;
import cairn.multiformats.peer.PeerId;
import cairn.multiformats.peer.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;

/// The peer store is what the host knows of peers: addresses, keys, protocols, agent, round trip.
/// Whoever has a connection stays; of the others the ones longest unheard of go first, when they
/// are over [#MAX_UNCONNECTED] or what they hold is over its share of the heap.
///
/// Peers name addresses of other peers: nothing here is true because it is here. `this` guards all.
public final class PeerStore {
    /// The most peers without a connection: some lookups' worth of the DHT.
    public static final int MAX_UNCONNECTED = 4096;

    /// The part of the heap that is for peers without a connection, up to [#MAX_UNCONNECTED_BYTES]:
    /// 18 MiB of a daemon's 144, room for some 2,500 honest ones.
    private static final int HEAP_SHARE = 8;

    /// The most bytes of heap that peers without a connection hold, however large it is: 8 KiB for
    /// each of [#MAX_UNCONNECTED], somewhat more than honest ones take.
    static final long MAX_UNCONNECTED_BYTES = 32 << 20;

    private final InstantSource clock;
    private final Map<PeerId, PeerEntry> connected = new LinkedHashMap<>();

    /// In the order they were last heard of.
    private final LinkedHashMap<PeerId, PeerEntry> unconnected = new LinkedHashMap<>();

    private final long maxUnconnectedBytes;
    private long unconnectedBytes;

    /// A store of a size that suits the heap of this process.
    public PeerStore(InstantSource clock) {
        this(clock, Math.min(MAX_UNCONNECTED_BYTES, Runtime.getRuntime().maxMemory() / HEAP_SHARE));
    }

    /// @param maxUnconnectedBytes the most bytes of heap that peers without a connection hold
    PeerStore(InstantSource clock, long maxUnconnectedBytes) {
        this.clock = clock;
        this.maxUnconnectedBytes = maxUnconnectedBytes;
    }

    /// Adds addresses that somebody named, beside those that are there.
    public synchronized void addAddresses(
            PeerId peer, Collection<Multiaddr> addresses, AddressTtl ttl) {
        update(
                peer,
                (entry, now) -> {
                    for (Multiaddr address : addresses)
                        if (belongs(address, peer))
                            entry.add(address.withoutPeer(), false, now.plus(ttl.duration()), now);
                });
    }

    /// Puts the addresses of a peer's signed record in place of all that was known. One that is as
    /// new as the last is taken too: peers repeat theirs while their addresses stay the same. The
    /// record's signature, and that its key derives this peer, were checked before.
    ///
    /// @return false when a newer record is known already; then nothing changes
    public synchronized boolean certifiedAddresses(
            PeerId peer, long sequence, Collection<Multiaddr> addresses, AddressTtl ttl) {
        List<Multiaddr> own =
                addresses.stream()
                        .filter(address -> belongs(address, peer))
                        .map(Multiaddr::withoutPeer)
                        .toList();
        var taken = new AtomicBoolean();
        update(
                peer,
                (entry, now) ->
                        taken.set(entry.certify(sequence, own, now.plus(ttl.duration()), now)));
        return taken.get();
    }

    /// The addresses of a peer that are believed now, without the peer: those it signed for first.
    public List<Multiaddr> addresses(PeerId peer) {
        return known(peer).stream().map(KnownAddress::address).toList();
    }

    /// Those among [#addresses] that the peer signed for.
    public List<Multiaddr> certifiedAddresses(PeerId peer) {
        return known(peer).stream()
                .filter(KnownAddress::certified)
                .map(KnownAddress::address)
                .toList();
    }

    private synchronized List<KnownAddress> known(PeerId peer) {
        PeerEntry entry = find(peer);
        if (entry == null) return List.of();
        change(entry, PeerEntry::expire);
        return List.copyOf(entry.addresses());
    }

    /// Forgets the addresses of a peer.
    public synchronized void forgetAddresses(PeerId peer) {
        if (find(peer) != null) update(peer, (entry, now) -> entry.forgetAddresses());
    }

    /// Says that a connection to a peer was made.
    public synchronized void connected(PeerId peer) {
        PeerEntry entry = unconnected.remove(peer);
        if (entry != null) unconnectedBytes -= entry.weight();
        else entry = connected.get(peer);
        if (entry == null) entry = new PeerEntry(clock.instant());
        entry.connected(clock.instant());
        connected.put(peer, entry);
    }

    /// Says that a connection to a peer has ended.
    public synchronized void disconnected(PeerId peer) {
        PeerEntry entry = connected.get(peer);
        if (entry == null) throw new IllegalStateException(peer + " isn't connected");
        Instant now = clock.instant();
        entry.disconnected(now, now.plus(AddressTtl.RECENTLY_CONNECTED.duration()));
        if (entry.isConnected()) return;
        connected.remove(peer);
        unconnected.put(peer, entry);
        unconnectedBytes += entry.weight();
        evict();
    }

    /// Takes what a peer said of itself in identify.
    public synchronized void identified(
            PeerId peer, Collection<String> protocols, String agentVersion) {
        update(
                peer,
                (entry, now) -> {
                    entry.protocols(protocols);
                    entry.agentVersion(agentVersion);
                });
    }

    /// The protocols that a peer said it speaks.
    public synchronized Set<String> protocols(PeerId peer) {
        return found(peer).map(PeerEntry::protocols).orElse(Set.of());
    }

    /// The program that a peer said it is.
    public synchronized Optional<String> agentVersion(PeerId peer) {
        return found(peer).map(PeerEntry::agentVersion).filter(version -> !version.isEmpty());
    }

    /// Keeps the key of a peer whose id is only the hash of it.
    ///
    /// @throws IllegalArgumentException when the key is another peer's
    public synchronized void addPublicKey(PeerId peer, PublicKey key) {
        if (!key.peerId().equals(peer))
            throw new IllegalArgumentException("not the key of " + peer + ": " + key);
        if (peer.publicKey().isEmpty()) update(peer, (entry, now) -> entry.key(key));
    }

    /// The key of a peer, from its id or as it was kept.
    public synchronized Optional<PublicKey> publicKey(PeerId peer) {
        return peer.publicKey().or(() -> found(peer).flatMap(PeerEntry::key));
    }

    /// Takes a measured round trip into the average.
    public synchronized void roundTrip(PeerId peer, Duration measured) {
        update(peer, (entry, now) -> entry.roundTrip(measured));
    }

    /// The average of the round trips, in which later ones weigh more.
    public synchronized Optional<Duration> latency(PeerId peer) {
        return found(peer).flatMap(PeerEntry::latency);
    }

    /// Says that a peer was heard of itself, not from others.
    public synchronized void seen(PeerId peer) {
        update(peer, PeerEntry::seen);
    }

    /// When a peer was last heard of itself.
    public synchronized Optional<Instant> lastSeen(PeerId peer) {
        return found(peer).map(PeerEntry::lastSeen);
    }

    /// The peers of which anything is known.
    public synchronized Set<PeerId> peers() {
        Set<PeerId> all = new LinkedHashSet<>(unconnected.keySet());
        all.addAll(connected.keySet());
        return Collections.unmodifiableSet(all);
    }

    /// The most that [#unconnectedBytes] comes to.
    long maxUnconnectedBytes() {
        return maxUnconnectedBytes;
    }

    /// All that is known, those longest unheard of first.
    synchronized SequencedMap<PeerId, StoredPeer> records() {
        Instant now = clock.instant();
        Instant until = now.plus(AddressTtl.PROVIDER.duration());
        SequencedMap<PeerId, StoredPeer> records = new LinkedHashMap<>();
        forgetOld(now);
        unconnected.forEach((peer, entry) -> records.put(peer, entry.record(until)));
        connected.forEach((peer, entry) -> records.put(peer, entry.record(until)));
        return records;
    }

    /// Takes over what was known earlier: what is known since then stays, and counts as newer.
    synchronized void merge(SequencedMap<PeerId, StoredPeer> earlier) {
        Instant now = clock.instant();
        earlier.reversed()
                .forEach(
                        (peer, record) -> {
                            PeerEntry entry = find(peer);
                            if (entry == null) {
                                if (unconnected.size() >= MAX_UNCONNECTED) return;
                                entry = new PeerEntry(record.lastSeen());
                                unconnected.putFirst(peer, entry);
                                unconnectedBytes += entry.weight();
                            }
                            change(
                                    entry,
                                    (known, at) -> {
                                        known.merge(record, at);
                                        known.seen(earlier(record.lastSeen(), at));
                                    });
                        });
        forgetOld(now);
        evict();
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static boolean belongs(Multiaddr address, PeerId peer) {
        if (address.withoutPeer().components().isEmpty()) return false;
        return address.peer().map(peer::equals).orElse(true);
    }

    private PeerEntry find(PeerId peer) {
        PeerEntry entry = connected.get(peer);
        return entry == null ? unconnected.get(peer) : entry;
    }

    private Optional<PeerEntry> found(PeerId peer) {
        return Optional.ofNullable(find(peer));
    }

    /// Changes what is known of a peer, which is then the one heard of last.
    private void update(PeerId peer, BiConsumer<PeerEntry, Instant> change) {
        PeerEntry entry = find(peer);
        if (entry == null) {
            entry = new PeerEntry(clock.instant());
            unconnectedBytes += entry.weight();
        }
        if (!entry.isConnected()) unconnected.putLast(peer, entry);
        change(entry, change);
        evict();
    }

    private void change(PeerEntry entry, BiConsumer<PeerEntry, Instant> change) {
        long before = entry.weight();
        change.accept(entry, clock.instant());
        if (!entry.isConnected()) unconnectedBytes += entry.weight() - before;
    }

    private void evict() {
        while (unconnected.size() > MAX_UNCONNECTED || unconnectedBytes > maxUnconnectedBytes)
            unconnectedBytes -= unconnected.pollFirstEntry().getValue().weight();
    }

    /// Forgets peers that nothing was heard of for a day and whose addresses are over.
    private void forgetOld(Instant now) {
        Instant since = now.minus(AddressTtl.PROVIDER.duration());
        Iterator<PeerEntry> entries = unconnected.values().iterator();
        while (entries.hasNext()) {
            PeerEntry entry = entries.next();
            change(entry, PeerEntry::expire);
            if (!entry.addresses().isEmpty() || entry.lastSeen().isAfter(since)) continue;
            entries.remove();
            unconnectedBytes -= entry.weight();
        }
    }

    /// About how many bytes of heap peers without a connection take.
    synchronized long unconnectedBytes() {
        return unconnectedBytes;
    }
}
