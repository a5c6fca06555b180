package cairn.libp2p.address;

import cairn.multiformats.multiaddr.AddressProtocol;
import cairn.multiformats.multiaddr.Component;
import cairn.multiformats.multiaddr.Multiaddr;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/// The addresses at which others see this node, as they say in identify: behind a NAT, the only way
/// to learn its own. One peer may lie, so an address is believed when observers of [#QUORUM]
/// different networks agree; a network has one vote for each local port, its latest.
///
/// Everything is guarded by `this`.
public final class ObservedAddresses {
    /// The observers that must agree, as go-libp2p asks for.
    public static final int QUORUM = 4;

    /// The most addresses that are believed for one local address: a NAT has few.
    public static final int MAX_BELIEVED = 3;

    /// How long a vote counts after its connection has closed.
    public static final Duration EXPIRY = Duration.ofMinutes(30);

    /// The most voters of one local address; the oldest whose connections are closed makes room.
    static final int MAX_VOTERS = 1_000;

    /// The most local addresses: those that a node listens at.
    static final int MAX_LOCAL = 64;

    private static final int IP4_GROUP_BITS = 24;
    private static final int IP6_GROUP_BITS = 56;

    private final LongSupplier nanoTime;

    /// By local IP address and port, then by the observer's network, oldest first.
    private final Map<Multiaddr, LinkedHashMap<IpRange, Vote>> votes = new HashMap<>();

    private static final class Vote {
        final Multiaddr observed;
        int connections;
        long closed;

        Vote(Multiaddr observed) {
            this.observed = observed;
        }
    }

    /// An observation lasts as long as the connection on which it was made.
    public interface Observation extends AutoCloseable {
        /// The connection has closed.
        @Override
        void close();
    }

    public ObservedAddresses(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /// Takes what a peer observes.
    ///
    /// @param local the address of this end of the connection, with the port that is listened at
    /// @param remote the peer's address
    /// @param observed what it says that ours is
    /// @return empty where it says nothing that can be believed: another protocol or family, a
    ///   loopback address, a public one seen from within a private network, a relay's
    public synchronized Optional<Observation> observe(
            Multiaddr local, Multiaddr remote, Multiaddr observed) {
        Optional<Multiaddr> here = endpoint(local);
        Optional<Multiaddr> seen = endpoint(observed);
        Optional<InetAddress> observer = HostPart.ip(remote);
        if (here.isEmpty() || seen.isEmpty() || observer.isEmpty()) return Optional.empty();
        if (remote.has(AddressProtocol.P2P_CIRCUIT) || observed.has(AddressProtocol.P2P_CIRCUIT))
            return Optional.empty();
        if (!here.get().protocols().equals(seen.get().protocols())) return Optional.empty();
        AddressKind kind = AddressKind.of(seen.get());
        boolean agrees =
                kind == AddressKind.PUBLIC
                        ? AddressKind.of(observer.get()) == AddressKind.PUBLIC
                        : kind.isLocalNetwork() && AddressKind.of(observer.get()).isLocalNetwork();
        if (!agrees) return Optional.empty();
        return vote(here.get(), group(observer.get()), seen.get());
    }

    private Optional<Observation> vote(Multiaddr local, IpRange group, Multiaddr seen) {
        LinkedHashMap<IpRange, Vote> voters = votes.get(local);
        if (voters == null) {
            if (votes.size() == MAX_LOCAL) votes.values().removeIf(this::isOver);
            if (votes.size() == MAX_LOCAL) return Optional.empty();
            voters = new LinkedHashMap<>();
            votes.put(local, voters);
        }
        Vote known = voters.remove(group);
        Vote vote = known != null && known.observed.equals(seen) ? known : new Vote(seen);
        if (voters.size() == MAX_VOTERS && !makeRoom(voters)) return Optional.empty();
        vote.connections++;
        voters.put(group, vote);
        return Optional.of(new Once(vote));
    }

    private final class Once implements Observation {
        private final Vote vote;
        private boolean closed;

        Once(Vote vote) {
            this.vote = vote;
        }

        @Override
        public void close() {
            synchronized (ObservedAddresses.this) {
                if (closed) return;
                closed = true;
                vote.connections--;
                vote.closed = nanoTime.getAsLong();
            }
        }
    }

    private boolean isOver(Map<IpRange, Vote> voters) {
        return voters.values().stream().allMatch(this::isOver);
    }

    private boolean isOver(Vote vote) {
        return vote.connections == 0 && nanoTime.getAsLong() - vote.closed >= EXPIRY.toNanos();
    }

    private static boolean makeRoom(Map<IpRange, Vote> voters) {
        for (Map.Entry<IpRange, Vote> entry : voters.entrySet())
            if (entry.getValue().connections == 0) {
                voters.remove(entry.getKey());
                return true;
            }
        return false;
    }

    /// The addresses that are believed for one that is listened at, the most agreed on first, with
    /// what stands behind its port.
    public synchronized List<Multiaddr> believed(Multiaddr local) {
        Optional<Multiaddr> here = endpoint(local);
        LinkedHashMap<IpRange, Vote> voters = here.map(votes::get).orElse(null);
        if (voters == null) return List.of();
        voters.values().removeIf(this::isOver);
        Map<Multiaddr, Integer> counts = new HashMap<>();
        for (Vote vote : voters.values()) counts.merge(vote.observed, 1, Integer::sum);
        Multiaddr rest =
                new Multiaddr(
                        local.components()
                                .subList(
                                        here.get().components().size(), local.components().size()));
        return counts.entrySet().stream()
                .filter(entry -> entry.getValue() >= QUORUM)
                .sorted(
                        Map.Entry.<Multiaddr, Integer>comparingByValue(Comparator.reverseOrder())
                                .thenComparing(entry -> entry.getKey().toString()))
                .limit(MAX_BELIEVED)
                .map(entry -> entry.getKey().with(rest))
                .toList();
    }

    /// The IP address and port that an address begins with.
    private static Optional<Multiaddr> endpoint(Multiaddr address) {
        List<Component> parts = address.components();
        if (parts.size() < 2) return Optional.empty();
        AddressProtocol ip = parts.get(0).protocol();
        AddressProtocol port = parts.get(1).protocol();
        boolean known =
                (ip == AddressProtocol.IP4 || ip == AddressProtocol.IP6)
                        && (port == AddressProtocol.TCP || port == AddressProtocol.UDP)
                        && !parts.get(1).value().equals("0");
        return known ? Optional.of(new Multiaddr(parts.subList(0, 2))) : Optional.empty();
    }

    private static IpRange group(InetAddress observer) {
        return IpRange.around(
                observer, observer instanceof Inet4Address ? IP4_GROUP_BITS : IP6_GROUP_BITS);
    }
}
