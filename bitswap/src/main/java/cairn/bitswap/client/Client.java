package cairn.bitswap.client;

import cairn.bitswap.ProviderFinder;
import cairn.bitswap.fault.Attempt;
import cairn.bitswap.fault.Farewell;
import cairn.bitswap.message.Presence;
import cairn.bitswap.session.Exchange;
import cairn.bitswap.session.Partner;
import cairn.bitswap.session.PartnerLedger;
import cairn.bitswap.session.SessionOptions;
import cairn.bitswap.session.SessionWants;
import cairn.bitswap.session.Voice;
import cairn.libp2p.swarm.Swarm;
import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import cairn.multiformats.Hashes;
import cairn.multiformats.peer.PeerId;
import java.io.Closeable;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The client has sessions, and tells them what peers say. It is told by the threads that read from
/// peers; none of those calls waits for anything but other such calls.
///
/// `lock` guards the exchange, held for a few look-ups at a time. Takers, finders and whoever else
/// is outside are called when it was given back.
public final class Client implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(Client.class);

    /// How often what is late is looked for, while anything is wanted.
    private static final Duration TICK = Duration.ofMillis(20);

    /// How long a peer that couldn't be told of wants, and is connected still, is left alone.
    private static final Duration UNHEARD_TIME = Duration.ofSeconds(5);

    private final Swarm swarm;
    private final Clock clock;
    private final Hashes hashes;
    private final ProviderSearch providers;
    private final Farewell farewell;
    private final ReentrantLock lock = new ReentrantLock();
    private final Exchange exchange;
    private final Set<OpenSession> sessions = ConcurrentHashMap.newKeySet();
    private final AtomicLong messages = new AtomicLong();
    private boolean ticking;
    private volatile boolean closed;

    /// @param finder finds peers that aren't connected
    public Client(Swarm swarm, ProviderFinder finder, ClientOptions options) {
        this.swarm = swarm;
        clock = options.clock();
        hashes = options.hashes();
        farewell = new Farewell(swarm);
        providers = new ProviderSearch(swarm, finder, clock);
        exchange = new Exchange(options.limits(), this::find, this::leave);
    }

    /// A new session.
    public Session open(SessionOptions options) {
        OpenSession session = new OpenSession(this, exchange.open(options), hashes);
        sessions.add(session);
        if (closed) session.close();
        return session;
    }

    void closed(OpenSession session) {
        sessions.remove(session);
    }

    /// A peer that speaks Bitswap is connected.
    public void connected(PeerId peer) {
        Outbox outbox = new Outbox(new PeerMouth(swarm, peer), voice -> unheard(peer, voice));
        tell(now -> exchange.connected(peer, outbox, now));
    }

    /// The last connection of a peer has ended.
    public void gone(PeerId peer) {
        tell(now -> exchange.gone(peer, now));
    }

    /// A peer has sent a block.
    public void block(PeerId from, Block block) {
        tell(from, (peer, now) -> exchange.block(peer, block, now));
    }

    /// A peer sends blocks on a stream.
    ///
    /// @return to be run when the stream has ended
    public Runnable streams(PeerId from) {
        Runnable ended = ask(now -> exchange.peer(from).map(exchange::streams).orElse(() -> {}));
        return () -> {
            tell(now -> ended.run());
            fill(from);
        };
    }

    /// A peer has said whether it has a block.
    public void presence(PeerId from, Presence presence) {
        tell(from, (peer, now) -> exchange.presence(peer, presence, now));
    }

    /// A peer has sent bytes that can't be named.
    public void unnamed(PeerId from, int bytes) {
        tell(from, (peer, now) -> exchange.unwanted(peer, bytes));
    }

    /// A message of a peer has ended.
    public void end(PeerId from) {
        messages.incrementAndGet();
        fill(from);
    }

    private void fill(PeerId from) {
        tell(from, exchange::end);
    }

    /// All that is wanted now.
    public List<Cid> wantlist() {
        return ask(now -> exchange.wantlist());
    }

    public ClientStat stat() {
        return new ClientStat(ask(now -> exchange.stat()), messages.get());
    }

    /// What came from a peer that is connected, or was lately.
    public Optional<PartnerLedger> ledger(PeerId peer) {
        return ask(now -> exchange.ledger(peer));
    }

    /// What is done with the exchange.
    @FunctionalInterface
    interface Act {
        void at(long now);
    }

    /// What a partner has said.
    @FunctionalInterface
    private interface Said {
        void by(Partner from, long now);
    }

    /// What is asked of the exchange.
    @FunctionalInterface
    interface Question<T> {
        T at(long now);
    }

    Exchange exchange() {
        return exchange;
    }

    /// Does something with the exchange, under its lock, and then what follows from it.
    void tell(Act act) {
        ask(
                now -> {
                    act.at(now);
                    return Optional.empty();
                });
    }

    /// Does something with the exchange that a peer has said. Where what follows from it fails, the
    /// peer is let go.
    private void tell(PeerId from, Said said) {
        ask(
                now -> {
                    exchange.peer(from).ifPresent(peer -> said.by(peer, now));
                    return Optional.empty();
                },
                error -> farewell.after(error, from));
    }

    <T> T ask(Question<T> question) {
        return ask(question, error -> LOG.error("an error in Cairn itself", error));
    }

    /// @param failed told of what went wrong in what follows, the rest of which is done all the
    ///   same
    private <T> T ask(Question<T> question, Consumer<Throwable> failed) {
        T answer;
        List<Runnable> effects;
        boolean begins;
        lock.lock();
        try {
            answer = question.at(clock.nanos());
            effects = exchange.effects();
            begins = !ticking && exchange.isBusy();
            ticking |= begins;
        } finally {
            lock.unlock();
        }
        if (begins) clock.after(TICK, this::tick);
        for (Runnable effect : effects) Attempt.at(effect).ifPresent(failed);
        return answer;
    }

    private void tick() {
        tell(
                now -> {
                    // Whatever happens in it, the next is begun by what comes next.
                    ticking = false;
                    exchange.tick(now);
                });
    }

    private void unheard(PeerId peer, Voice voice) {
        if (!ask(now -> exchange.unheard(peer, voice, now))) return;
        clock.after(
                UNHEARD_TIME,
                () -> {
                    if (!closed && swarm.connection(peer).isPresent()) connected(peer);
                });
    }

    private void find(SessionWants session, Cid cid) {
        Set<Cid> cids = new LinkedHashSet<>(List.of(cid));
        session.root().ifPresent(cids::add);
        providers.begin(
                List.copyOf(cids),
                peer -> tell(now -> exchange.foundProvider(session, peer, now)),
                () -> tell(now -> exchange.foundAll(session, now)));
    }

    private void leave(PeerId peer) {
        leave(peer, "sent too much that wasn't wanted");
    }

    /// Ends the connections to a peer, on a thread of its own.
    ///
    /// @param why what the peer did
    public void leave(PeerId peer, String why) {
        farewell.to(peer, why);
    }

    /// Ends all sessions; what they wait for fails.
    @Override
    public void close() {
        closed = true;
        providers.close();
        for (OpenSession session : List.copyOf(sessions)) session.close();
        tell(exchange::disconnect);
    }
}
