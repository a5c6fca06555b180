package cairn.libp2p.discovery;

import cairn.libp2p.limits.Direction;
import cairn.libp2p.swarm.Swarm;
import java.io.Closeable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Bootstrap connects to peers of a list as long as this host has dialled few: it looks at once and
/// every half minute, and tries as many, chosen by chance, as are missing to four. Who connects
/// here doesn't count, or a few strangers could keep the host to themselves. Source: Kubo,
/// `core/bootstrap`, which counts them.
public final class Bootstrap implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(Bootstrap.class);

    private static final int ENOUGH = 4;
    private static final Duration PERIOD = Duration.ofSeconds(30);

    private final Swarm swarm;
    private final List<PeerAddresses> peers;
    private final Thread thread = Thread.ofVirtual().name("bootstrap").unstarted(this::run);

    public Bootstrap(Swarm swarm, List<PeerAddresses> peers) {
        this.swarm = swarm;
        this.peers = List.copyOf(peers);
    }

    public void start() {
        if (!peers.isEmpty()) thread.start();
    }

    private void run() {
        try {
            while (true) {
                int missing = ENOUGH - dialled();
                if (missing > 0) connect(missing);
                Thread.sleep(PERIOD);
            }
        } catch (InterruptedException e) {
            LOG.debug("bootstrap has ended");
        }
    }

    private int dialled() {
        return (int)
                swarm.connections().stream()
                        .filter(connection -> connection.direction() == Direction.OUTBOUND)
                        .count();
    }

    private void connect(int count) throws InterruptedException {
        List<PeerAddresses> chosen = new ArrayList<>(peers);
        chosen.removeIf(peer -> swarm.connection(peer.peer()).isPresent());
        Collections.shuffle(chosen, ThreadLocalRandom.current());
        List<Thread> attempts = new ArrayList<>();
        for (PeerAddresses peer : chosen.subList(0, Math.min(count, chosen.size())))
            attempts.add(Thread.startVirtualThread(() -> connect(peer)));
        for (Thread attempt : attempts) attempt.join();
    }

    private void connect(PeerAddresses peer) {
        try {
            var unusedConnection =
                    Attempt.make(
                            "bootstrap by " + peer.peer(),
                            () -> swarm.connect(peer.peer(), peer.addresses(), false));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
