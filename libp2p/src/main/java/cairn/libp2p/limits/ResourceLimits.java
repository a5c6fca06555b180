package cairn.libp2p.limits;

import cairn.multiformats.peer.PeerId;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/// The resource limits of a host: it hands out scopes to connections and streams, and refuses what
/// would pass a limit of any scope that counts it: the stream, its connection, its protocol, its
/// peer, the transient ones, the host.
///
/// **Invariant:** a reservation is in all accounts of its chain or in none, and no account is ever
/// above its limit unless the limit was lowered.
///
/// One lock, `this`, guards all accounts and scopes. It is held for a handful of additions, never
/// over I/O; windows grow a few times in a stream's life, so nobody waits for it.
public final class ResourceLimits {
    /// How many streams whose protocol isn't known yet a peer may open whatever the others do: more
    /// than an honest one has at a time, as their first bytes name it.
    static final int UNDECIDED_OF_EACH_PEER = 4;

    private record PeerProtocol(PeerId peer, String protocol) {}

    private final Account system = new Account("the host", Limits::system);
    private final Account transients =
            new Account("what isn't negotiated yet", this::transientScope);
    private final Map<PeerId, Account> peers = new HashMap<>();
    private final Map<PeerId, Account> undecided = new HashMap<>();
    private final Map<String, Account> protocols = new HashMap<>();
    private final Map<PeerProtocol, Account> peerProtocols = new HashMap<>();
    private final AddressLimits addresses;
    private Limits limits;

    public ResourceLimits(Limits limits) {
        this(limits, System::nanoTime);
    }

    /// @param nanos a clock that only goes forward, in nanoseconds
    public ResourceLimits(Limits limits, LongSupplier nanos) {
        this.limits = limits;
        this.addresses = new AddressLimits(nanos);
    }

    /// Takes a place for a connection, before its first byte.
    ///
    /// @param descriptor whether it has a socket of its own; those of QUIC share one
    /// @throws LimitExceededException when there is none
    public synchronized ConnectionScope openConnection(
            Direction direction, InetAddress remote, boolean descriptor)
            throws LimitExceededException {
        Account own = new Account("a connection", Limits::connection);
        List<Account> chain = List.of(own, transients, system);
        ScopeUsage wanted = ScopeUsage.connection(direction, descriptor);
        check(chain, wanted);
        Runnable leave = addresses.enter(direction, remote, limits.connectionsPerAddress());
        add(chain, wanted);
        return new ConnectionScope(this, own, chain, leave);
    }

    /// Puts other limits in place. What is above them already stays until it is given back.
    public synchronized void change(Limits next) {
        limits = next;
    }

    /// The limits in place.
    public synchronized Limits limits() {
        return limits;
    }

    /// All shared scopes as they stand now.
    public synchronized ResourceSnapshot snapshot() {
        return new ResourceSnapshot(
                system.state(limits), transients.state(limits), states(peers), states(protocols));
    }

    private <K> Map<K, ScopeState> states(Map<K, Account> accounts) {
        return accounts.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().state(limits)));
    }

    // What follows is for the scopes, which hold the lock.

    /// What isn't negotiated yet: each peer's own few streams come on top of what they share.
    private ScopeLimits transientScope(Limits all) {
        return all.transientScope().withMoreStreams(UNDECIDED_OF_EACH_PEER * peers.size());
    }

    /// A peer's streams without a protocol: its own few, or as many as it leaves to the others.
    private ScopeLimits undecided(Limits all) {
        int left = all.transientScope().inboundStreams() - transients.used().inboundStreams();
        return ScopeLimits.ofStreams(
                ScopeLimits.UNLIMITED,
                Math.max(UNDECIDED_OF_EACH_PEER, left),
                ScopeLimits.UNLIMITED,
                Long.MAX_VALUE);
    }

    List<Account> moveToPeer(ConnectionScope connection, PeerId peer)
            throws LimitExceededException {
        Account account =
                peers.getOrDefault(
                        peer,
                        new Account("the peer " + peer, Limits::peer, () -> peers.remove(peer)));
        ScopeUsage moved = connection.own.used();
        add(List.of(account), moved);
        peers.put(peer, account);
        transients.subtract(moved);
        return List.of(connection.own, account, system);
    }

    StreamScope openStream(ConnectionScope connection, Direction direction)
            throws LimitExceededException {
        Account own = new Account("a stream", Limits::stream);
        PeerId peer = connection.peer().orElseThrow();
        Account ofPeer =
                undecided.getOrDefault(
                        peer,
                        new Account(
                                "what isn't negotiated yet with " + peer,
                                this::undecided,
                                () -> undecided.remove(peer)));
        List<Account> chain = chain(List.of(own, transients, ofPeer), connection.chain);
        add(chain, ScopeUsage.stream(direction));
        undecided.put(peer, ofPeer);
        return new StreamScope(connection, own, chain);
    }

    List<Account> moveToProtocol(StreamScope stream, ConnectionScope connection, String id)
            throws LimitExceededException {
        var key = new PeerProtocol(connection.peer().orElseThrow(), id);
        Account all =
                protocols.getOrDefault(
                        id,
                        new Account(
                                "the protocol " + id,
                                Limits::protocol,
                                () -> protocols.remove(id)));
        Account ofPeer =
                peerProtocols.getOrDefault(
                        key,
                        new Account(
                                "the protocol " + id + " with " + key.peer(),
                                Limits::peerProtocol,
                                () -> peerProtocols.remove(key)));
        ScopeUsage moved = stream.own.used();
        add(List.of(all, ofPeer), moved);
        protocols.put(id, all);
        peerProtocols.put(key, ofPeer);
        transients.subtract(moved);
        undecided.get(key.peer()).subtract(moved);
        return chain(List.of(stream.own, all, ofPeer), connection.chain);
    }

    private static List<Account> chain(List<Account> first, List<Account> then) {
        List<Account> chain = new ArrayList<>(first);
        chain.addAll(then);
        return List.copyOf(chain);
    }

    /// Adds to all accounts, or to none.
    void add(List<Account> chain, ScopeUsage more) throws LimitExceededException {
        check(chain, more);
        for (Account account : chain) account.add(more);
    }

    boolean addSpare(List<Account> chain, long bytes) {
        for (Account account : chain) if (!account.hasSpare(limits, bytes)) return false;
        for (Account account : chain) account.add(ScopeUsage.memory(bytes));
        return true;
    }

    void subtract(List<Account> chain, ScopeUsage less) {
        for (Account account : chain) account.subtract(less);
    }

    private void check(List<Account> chain, ScopeUsage more) throws LimitExceededException {
        for (Account account : chain) {
            Optional<String> refusal = account.refusal(limits, more);
            if (refusal.isPresent()) throw new LimitExceededException(refusal.get());
        }
    }
}
