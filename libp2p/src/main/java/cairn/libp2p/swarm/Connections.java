package cairn.libp2p.swarm;

import cairn.libp2p.limits.Direction;
import cairn.multiformats.peer.PeerId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The connections of a swarm, by peer, and the rule for several to one peer: **new streams go to
/// the best**, and which is best both ends decide alike.
///
/// Best is a direct one before one through a relay; of two that the same end dialled the newer, as
/// the older may be dead; of two that each end dialled one of, that of the peer whose id is the
/// smaller. State is guarded by `this`.
final class Connections {
    private final PeerId self;
    private final Map<PeerId, List<Connection>> byPeer = new HashMap<>();

    Connections(PeerId self) {
        this.self = self;
    }

    synchronized void add(Connection connection) {
        byPeer.computeIfAbsent(connection.peer(), peer -> new ArrayList<>()).add(connection);
    }

    synchronized void remove(Connection connection) {
        byPeer.computeIfPresent(
                connection.peer(),
                (peer, list) -> {
                    list.remove(connection);
                    return list.isEmpty() ? null : list;
                });
    }

    synchronized List<Connection> all() {
        return byPeer.values().stream().flatMap(List::stream).toList();
    }

    synchronized List<Connection> of(PeerId peer) {
        return List.copyOf(byPeer.getOrDefault(peer, List.of()));
    }

    /// The connection that new streams to a peer go to.
    synchronized Optional<Connection> best(PeerId peer) {
        return byPeer.getOrDefault(peer, List.of()).stream()
                .filter(connection -> !connection.isClosed())
                .max(order(peer));
    }

    private Comparator<Connection> order(PeerId peer) {
        Direction preferred = self.compareTo(peer) < 0 ? Direction.OUTBOUND : Direction.INBOUND;
        return Comparator.comparing((Connection connection) -> !connection.isLimited())
                .thenComparing(connection -> connection.direction() == preferred)
                .thenComparingLong(Connection::id);
    }
}
