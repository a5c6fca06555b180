package cairn.libp2p.discovery;

import cairn.libp2p.swarm.Connection;
import cairn.libp2p.swarm.Swarm;
import cairn.libp2p.swarm.SwarmListener;
import cairn.multiformats.peer.PeerId;
import java.io.Closeable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Peering keeps this host connected to chosen peers: it connects, and connects again whenever the
/// last connection to one has ended. After a failure it waits 5 seconds, then half as long again
/// each time, up to ten minutes, a tenth more or less by chance. Source: Kubo's `Peering.Peers`.
public final class Peering implements SwarmListener, Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(Peering.class);

    private static final Duration FIRST_WAIT = Duration.ofSeconds(5);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

    private final Swarm swarm;
    private final Duration firstWait;
    private final Duration longestWait;
    private final Map<PeerId, Kept> kept = new ConcurrentSkipListMap<>();

    public Peering(Swarm swarm) {
        this(swarm, FIRST_WAIT, LONGEST_WAIT);
    }

    /// @param firstWait after one failure
    /// @param longestWait after many
    Peering(Swarm swarm, Duration firstWait, Duration longestWait) {
        this.swarm = swarm;
        this.firstWait = firstWait;
        this.longestWait = longestWait;
        swarm.subscribe(this);
    }

    /// Keeps a peer connected from now on; new addresses replace those of before.
    public void add(PeerAddresses peer) {
        Kept next = new Kept(peer);
        Kept before = kept.put(peer.peer(), next);
        if (before != null) before.end();
        next.thread.start();
    }

    /// Keeps a peer connected no more; a connection that is there stays.
    ///
    /// @return whether it was kept
    public boolean remove(PeerId peer) {
        Kept before = kept.remove(peer);
        if (before != null) before.end();
        return before != null;
    }

    /// The peers that are kept.
    public List<PeerAddresses> peers() {
        return kept.values().stream().map(Kept::peer).toList();
    }

    /// Whether a peer is kept: its connections are not to be trimmed.
    public boolean keeps(PeerId peer) {
        return kept.containsKey(peer);
    }

    @Override
    public void disconnected(Connection connection) {
        Kept one = kept.get(connection.peer());
        if (one != null) one.changed.release();
    }

    @Override
    public void close() {
        for (PeerId peer : kept.keySet()) remove(peer);
    }

    /// One peer that is kept, and the thread that does it.
    private final class Kept {
        private final PeerAddresses peer;
        private final Semaphore changed = new Semaphore(0);
        private final Thread thread;

        Kept(PeerAddresses peer) {
            this.peer = peer;
            this.thread = Thread.ofVirtual().name("keep " + peer.peer()).unstarted(this::keep);
        }

        PeerAddresses peer() {
            return peer;
        }

        void end() {
            thread.interrupt();
        }

        private void keep() {
            Duration wait = firstWait;
            try {
                while (true) {
                    changed.drainPermits();
                    if (swarm.connection(peer.peer()).isPresent() || connect()) {
                        wait = firstWait;
                        changed.acquire();
                    } else {
                        double chance = ThreadLocalRandom.current().nextDouble(0.9, 1.1);
                        long nanos = (long) (wait.toNanos() * chance);
                        // A peer that came by itself and left again is tried at once.
                        if (changed.tryAcquire(nanos, TimeUnit.NANOSECONDS)) wait = firstWait;
                        else wait = longer(wait, longestWait);
                    }
                }
            } catch (InterruptedException e) {
                LOG.debug("{} is no longer kept", peer.peer());
            }
        }

        private boolean connect() throws InterruptedException {
            return Attempt.make(
                            "keeping " + peer.peer(),
                            () -> swarm.connect(peer.peer(), peer.addresses(), true))
                    .isPresent();
        }
    }

    /// The wait after another one that was in vain.
    static Duration longer(Duration wait, Duration longest) {
        Duration next = wait.plus(wait.dividedBy(2));
        return next.compareTo(longest) > 0 ? longest : next;
    }
}
