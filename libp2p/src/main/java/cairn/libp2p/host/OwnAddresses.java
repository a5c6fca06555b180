package cairn.libp2p.host;

import cairn.libp2p.address.AnnouncePolicy;
import cairn.libp2p.address.InterfaceAddresses;
import cairn.libp2p.address.ObservedAddresses;
import cairn.libp2p.identify.Announcer;
import cairn.libp2p.swarm.Connection;
import cairn.libp2p.swarm.RemoteInfo;
import cairn.libp2p.swarm.Swarm;
import cairn.libp2p.swarm.SwarmListener;
import cairn.libp2p.transport.IpEndpoint;
import cairn.multiformats.multiaddr.Multiaddr;
import java.net.SocketException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The addresses of this host: where it listens, on which interfaces that is, at what others see
/// it, and which of all these it tells to whom.
final class OwnAddresses implements Announcer, SwarmListener {
    private static final Logger LOG = LoggerFactory.getLogger(OwnAddresses.class);

    private final Swarm swarm;
    private final AnnouncePolicy policy;
    private final InterfaceAddresses interfaces = InterfaceAddresses.system();
    private final ObservedAddresses observed = new ObservedAddresses(System::nanoTime);
    private final Map<Connection, ObservedAddresses.Observation> observations =
            new ConcurrentHashMap<>();

    /// Replaced whole, under `this`.
    private volatile List<Multiaddr> announced = List.of();

    OwnAddresses(Swarm swarm, AnnouncePolicy policy) {
        this.swarm = swarm;
        this.policy = policy;
    }

    /// Looks at listeners, interfaces and observations anew, and tells of it where something has
    /// changed.
    void refresh() {
        List<Multiaddr> now = compute();
        synchronized (this) {
            if (now.equals(announced)) return;
            announced = now;
        }
        LOG.debug("addresses are now {}", now);
        swarm.addressesChanged(now);
    }

    private List<Multiaddr> compute() {
        Set<Multiaddr> own = new LinkedHashSet<>();
        for (Multiaddr listening : swarm.listenAddresses()) {
            List<Multiaddr> expanded = expand(listening);
            own.addAll(expanded);
            for (Multiaddr address : expanded) own.addAll(observed.believed(address));
        }
        return policy.announced(List.copyOf(own));
    }

    /// The addresses of all interfaces that it listens at.
    List<Multiaddr> listening() {
        return swarm.listenAddresses().stream()
                .flatMap(address -> expand(address).stream())
                .distinct()
                .toList();
    }

    private List<Multiaddr> expand(Multiaddr listening) {
        try {
            return interfaces.expand(listening);
        } catch (SocketException e) {
            LOG.warn("can't list the network interfaces: {}", e.getMessage());
            return List.of(listening);
        }
    }

    /// All that is told to anyone.
    List<Multiaddr> announced() {
        return announced;
    }

    @Override
    public List<Multiaddr> addresses(Connection to) {
        return AnnouncePolicy.visible(announced, to.remoteAddress());
    }

    /// Takes how a peer sees this host: what it sees counts where the connection's own end is at a
    /// port that is listened on, until the connection ends.
    void learned(Connection connection, RemoteInfo info) {
        Optional<Multiaddr> seen = info.observed().filter(address -> isListening(connection));
        if (seen.isEmpty()) return;
        Optional<ObservedAddresses.Observation> observation =
                observed.observe(connection.localAddress(), connection.remoteAddress(), seen.get());
        if (observation.isEmpty()) return;
        ObservedAddresses.Observation before = observations.put(connection, observation.get());
        if (before != null) before.close();
        if (connection.isClosed()) disconnected(connection);
        refresh();
    }

    private boolean isListening(Connection connection) {
        Optional<Integer> port = port(connection.localAddress());
        return port.isPresent()
                && swarm.listenAddresses().stream().anyMatch(address -> port(address).equals(port));
    }

    private static Optional<Integer> port(Multiaddr address) {
        return IpEndpoint.of(address).map(endpoint -> endpoint.address().getPort());
    }

    @Override
    public void disconnected(Connection connection) {
        ObservedAddresses.Observation observation = observations.remove(connection);
        if (observation != null) observation.close();
    }
}
