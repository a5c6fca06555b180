package cairn.bitswap.server;

import cairn.bitswap.LocalBlocks;
import cairn.bitswap.fault.Attempt;
import cairn.bitswap.fault.Farewell;
import cairn.libp2p.swarm.Swarm;
import cairn.multiformats.Cid;
import cairn.multiformats.peer.PeerId;
import java.io.Closeable;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The server gives peers the blocks that they want. Wants come in as their messages are read and
/// never wait; workers look up and read, a peer at a time, whoever was given least first ([Turns]);
/// each peer has a sender of its own, which waits for that peer alone.
///
/// A want of a block that isn't here is remembered, and answered when the block arrives.
///
/// **Limits:** see [ServerOptions]. What is kept of a peer is freed when it leaves, but for its
/// ledger. Safe for any thread.
public final class Server implements Closeable {
    /// After so long without taking a message, while memory is short, a peer gets no more ready.
    private static final Duration STILL = Duration.ofSeconds(1);

    /// After so long the sending ends: what a message of any size may take at the least.
    private static final Duration OVER = Duration.ofSeconds(10);

    /// How long the workers may take to end.
    private static final Duration CLOSE_TIME = Duration.ofSeconds(2);

    private final Swarm swarm;
    private final ServerOptions options;
    private final Turns<Partner> turns;
    private final Interests interests = new Interests();
    private final Totals totals = new Totals();
    private final Ledgers ledgers = new Ledgers();
    private final Map<PeerId, Partner> partners = new ConcurrentHashMap<>();
    private final Worker worker;
    private final Farewell farewell;
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final Duration over;
    private volatile boolean closed;

    /// Begins to serve.
    public Server(Swarm swarm, LocalBlocks blocks, ServerOptions options) {
        this(swarm, blocks, options, OVER);
    }

    Server(Swarm swarm, LocalBlocks blocks, ServerOptions options, Duration over) {
        this.swarm = swarm;
        this.farewell = new Farewell(swarm);
        this.over = over;
        this.options = options;
        this.turns = new Turns<>(options.mostInMemory(), System::nanoTime);
        this.worker = new Worker(options.enabled() ? blocks : new NoBlocks());
        for (int i = 0; i < options.workers(); i++) startWorker();
    }

    private void startWorker() {
        Thread thread = Thread.ofVirtual().name("bitswap worker").unstarted(this::work);
        threads.add(thread);
        thread.start();
    }

    /// Works until the server closes.
    private void work() {
        try {
            while (!closed) {
                Optional<Partner> next = turns.next();
                if (next.isPresent()) serve(next.get());
                else for (Partner partner : partners.values()) partner.relieve(STILL, over);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            threads.remove(Thread.currentThread());
            if (!closed) startWorker();
        }
    }

    /// A turn. Where the store fails in a way that nobody foresaw, the peer is let go: what it
    /// wants would be waited for in vain.
    private void serve(Partner partner) {
        Optional<Throwable> error = Attempt.at(() -> worker.serve(partner));
        if (error.isEmpty()) return;
        gone(partner.peer());
        farewell.after(error.get(), partner.peer());
    }

    /// A message of a peer begins.
    public WantMessage message(PeerId peer) {
        return new WantMessage(Optional.ofNullable(partners.get(peer)), () -> partner(peer));
    }

    private Optional<Partner> partner(PeerId peer) {
        Partner there = partners.get(peer);
        if (there != null) return Optional.of(there);
        Partner made = partners.computeIfAbsent(peer, this::make);
        // It may have left, and the server been told so, before this.
        if (!closed && !swarm.connections(peer).isEmpty()) return Optional.of(made);
        gone(peer);
        return Optional.empty();
    }

    private Partner make(PeerId peer) {
        return new Partner(
                peer,
                options,
                turns,
                interests,
                totals,
                ledgers.get(peer).orElse(ServerLedger.EMPTY),
                partner ->
                        Thread.ofVirtual()
                                .name("bitswap answers to " + peer)
                                .unstarted(new Sender(partner, swarm)));
    }

    /// The last connection to a peer has ended.
    public void gone(PeerId peer) {
        Partner partner = partners.remove(peer);
        if (partner == null) return;
        partner.leave();
        ledgers.put(peer, partner.ledger());
    }

    /// Blocks were stored: peers that want them get them.
    public void arrived(Collection<Cid> cids) {
        for (Cid cid : cids) for (Want want : interests.of(cid.hash())) want.owner.arrived(want);
    }

    /// What passed between a peer and the server; for those that have left, of the last 1,024.
    public Optional<ServerLedger> ledger(PeerId peer) {
        Partner partner = partners.get(peer);
        return partner == null ? ledgers.get(peer) : Optional.of(partner.ledger());
    }

    /// What a peer wants and hasn't got, the most urgent first.
    public List<Cid> wantlist(PeerId peer) {
        Partner partner = partners.get(peer);
        return partner == null ? List.of() : partner.wantlist();
    }

    public ServerStat stat() {
        int wants = 0;
        for (Partner partner : partners.values()) wants += partner.wants();
        return new ServerStat(
                partners.size(),
                wants,
                turns.memory(),
                totals.ledger(),
                totals.presencesSent(),
                totals.wantsDropped());
    }

    /// Serves no more. What is being sent ends.
    @Override
    public void close() {
        closed = true;
        for (PeerId peer : partners.keySet()) gone(peer);
        for (Thread thread : threads) thread.interrupt();
        try {
            for (Thread thread : threads) thread.join(CLOSE_TIME);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
