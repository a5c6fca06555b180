package cairn.libp2p.discovery;

import cairn.libp2p.mdns.MdnsDiscovery;
import cairn.libp2p.swarm.Swarm;
import cairn.multiformats.multiaddr.Multiaddr;
import cairn.multiformats.peer.PeerId;
import java.io.Closeable;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/// Finds the peers of the LAN by multicast DNS, is found by them, and connects to those it finds.
public final class LanPeers implements Closeable {
    /// The most peers that are dialled at once; what is found beyond is told again later.
    private static final int MAX_DIALS = 16;

    private final Swarm swarm;
    private final MdnsDiscovery discovery;
    private final Semaphore dials = new Semaphore(MAX_DIALS);

    /// @param own the addresses that others on the LAN are told
    public LanPeers(Swarm swarm, Supplier<List<Multiaddr>> own) {
        this.swarm = swarm;
        this.discovery = new MdnsDiscovery(swarm.self(), own, this::found);
    }

    public void start() {
        discovery.start();
    }

    private void found(PeerId peer, List<Multiaddr> addresses) {
        if (swarm.connection(peer).isPresent() || !dials.tryAcquire()) return;
        Thread.ofVirtual().name("dial on the LAN " + peer).start(() -> connect(peer, addresses));
    }

    private void connect(PeerId peer, List<Multiaddr> addresses) {
        try {
            var unusedConnection =
                    Attempt.make(
                            "a peer of the LAN, " + peer,
                            () -> swarm.connect(peer, addresses, false));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            dials.release();
        }
    }

    @Override
    public void close() {
        discovery.close();
    }
}
