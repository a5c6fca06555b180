package cairn.libp2p.host;

import cairn.libp2p.swarm.Swarm;
import cairn.libp2p.transport.IpEndpoint;
import cairn.libp2p.transport.Listener;
import cairn.multiformats.multiaddr.Multiaddr;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Opens the listeners of a host. Addresses with one port stay together: where that port is taken,
/// by another node as a rule, all of them move to the next, up to [#MAX_MOVES] ports on.
final class Listening {
    private static final Logger LOG = LoggerFactory.getLogger(Listening.class);

    private static final int MAX_MOVES = 20;

    private final Swarm swarm;

    Listening(Swarm swarm) {
        this.swarm = swarm;
    }

    /// Listens at all addresses.
    ///
    /// @return which ports were taken by others
    /// @throws IOException when an address can't be listened at for another reason than its port
    List<MovedPort> open(List<Multiaddr> addresses) throws IOException {
        List<MovedPort> moved = new ArrayList<>();
        Map<Integer, List<Multiaddr>> byPort = new LinkedHashMap<>();
        for (Multiaddr address : addresses)
            byPort.computeIfAbsent(port(address), port -> new ArrayList<>()).add(address);
        for (Map.Entry<Integer, List<Multiaddr>> entry : byPort.entrySet()) {
            int wanted = entry.getKey();
            int taken = wanted == 0 ? openAll(entry.getValue(), 0) : open(entry.getValue(), wanted);
            if (taken != wanted) moved.add(new MovedPort(wanted, taken));
        }
        return moved;
    }

    private static int port(Multiaddr address) throws IOException {
        return IpEndpoint.of(address)
                .orElseThrow(() -> new IOException("can't listen at " + address))
                .address()
                .getPort();
    }

    private int open(List<Multiaddr> addresses, int wanted) throws IOException {
        IOException first = null;
        for (int port = wanted; port <= Math.min(wanted + MAX_MOVES, 0xffff); port++) {
            try {
                return openAll(addresses, port);
            } catch (IOException e) {
                if (!isTaken(e)) throw e;
                LOG.debug("port {}: {}", port, e.getMessage());
                if (first == null) first = e;
            }
        }
        throw new IOException(
                "can't listen on port "
                        + wanted
                        + " nor on the "
                        + MAX_MOVES
                        + " behind it: "
                        + (first == null ? "" : first.getMessage()),
                first);
    }

    private static boolean isTaken(IOException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause())
            if (cause instanceof BindException) return true;
        return false;
    }

    /// Opens all or none.
    private int openAll(List<Multiaddr> addresses, int port) throws IOException {
        List<Listener> open = new ArrayList<>();
        boolean all = false;
        try {
            for (Multiaddr address : addresses) open.add(swarm.listen(withPort(address, port)));
            all = true;
        } finally {
            if (!all) for (Listener listener : open) swarm.stopListening(listener);
        }
        return port;
    }

    private static Multiaddr withPort(Multiaddr address, int port) {
        Optional<IpEndpoint> endpoint = IpEndpoint.of(address);
        if (endpoint.isEmpty()) return address;
        InetSocketAddress at = new InetSocketAddress(endpoint.get().address().getAddress(), port);
        return IpEndpoint.multiaddr(at, endpoint.get().protocol(), endpoint.get().rest());
    }
}
