package cairn.bitswap.client;

import cairn.bitswap.ProviderFinder;
import cairn.libp2p.discovery.PeerAddresses;
import cairn.libp2p.swarm.Swarm;
import cairn.multiformats.Cid;
import cairn.multiformats.peer.PeerId;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks for providers of blocks, and connects to what is found; how the peers are then told of
/// wants is no matter of it. Each search has a thread, and so has each peer that is dialled.
final class ProviderSearch implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(ProviderSearch.class);

    /// Each may be a walk through a DHT.
    private static final int SEARCHES = 8;

    private static final int DIALS = 8;

    /// So many wait for a dial; what is found beyond that is left out.
    private static final int MOST_FOUND = 64;

    private static final Duration DIAL_TIME = Duration.ofSeconds(15);
    private static final Duration SEARCH_TIME = Duration.ofMinutes(1);

    private final Swarm swarm;
    private final ProviderFinder finder;
    private final Clock clock;
    private final Semaphore searches = new Semaphore(SEARCHES);
    private final Semaphore dials = new Semaphore(DIALS);
    private final Set<PeerId> dialled = ConcurrentHashMap.newKeySet();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    ProviderSearch(Swarm swarm, ProviderFinder finder, Clock clock) {
        this.swarm = swarm;
        this.finder = finder;
        this.clock = clock;
    }

    /// Begins a search.
    ///
    /// @param cids looked for one after the other
    /// @param found told of each provider
    /// @param done run at the end, however that comes
    void begin(List<Cid> cids, Consumer<PeerId> found, Runnable done) {
        limited(
                "providers",
                SEARCH_TIME,
                () -> {
                    try {
                        search(cids, found);
                    } finally {
                        done.run();
                    }
                });
    }

    private void search(List<Cid> cids, Consumer<PeerId> found) {
        try {
            searches.acquire();
            try {
                for (Cid cid : cids) finder.find(cid, provider -> found(provider, found));
            } finally {
                searches.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.debug("no providers of {}: {}", cids, e.toString());
        }
    }

    private void found(PeerAddresses provider, Consumer<PeerId> found) {
        PeerId peer = provider.peer();
        if (closed || peer.equals(swarm.self())) return;
        found.accept(peer);
        if (swarm.connection(peer).isPresent() || dialled.size() >= MOST_FOUND) return;
        if (dialled.add(peer)) limited("provider", DIAL_TIME, () -> dial(provider));
    }

    private void dial(PeerAddresses provider) {
        try {
            dials.acquire();
            try {
                swarm.connect(provider.peer(), provider.addresses(), false);
            } finally {
                dials.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.debug("no connection to {}: {}", provider.peer(), e.toString());
        } finally {
            dialled.remove(provider.peer());
        }
    }

    /// Runs a task on a thread that is interrupted after some time.
    private void limited(String name, Duration time, Runnable task) {
        AtomicBoolean done = new AtomicBoolean();
        Thread thread =
                Thread.ofVirtual()
                        .name(name)
                        .unstarted(
                                () -> {
                                    try {
                                        task.run();
                                    } finally {
                                        done.set(true);
                                        threads.remove(Thread.currentThread());
                                    }
                                });
        threads.add(thread);
        thread.start();
        if (closed) thread.interrupt();
        clock.after(
                time,
                () -> {
                    if (!done.get()) thread.interrupt();
                });
    }

    @Override
    public void close() {
        closed = true;
        threads.forEach(Thread::interrupt);
    }
}
