package cairn.libp2p.connections;

import cairn.libp2p.limits.Direction;
import cairn.multiformats.peer.PeerId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/// The rule by which connections are chosen to be closed. It only looks and answers.
///
/// Never closed: those of protected peers, and those within their grace. Of the others, first those
/// of the peers with the least value; of equals those without a stream, then inbound ones, then
/// those with the fewest streams, then the newest. Protected ones count as connections, so that few
/// others are left where many are protected.
final class TrimPolicy {
    /// One look at a connection, so that the order can't change while it is sorted.
    private record Rated(Candidate connection, long value, int streams, Instant opened) {
        boolean isIdle() {
            return streams == 0;
        }

        boolean isOutbound() {
            return connection.direction() == Direction.OUTBOUND;
        }
    }

    private static final Comparator<Rated> WORST_FIRST =
            Comparator.comparingLong(Rated::value)
                    .thenComparing(Rated::isIdle, Comparator.reverseOrder())
                    .thenComparing(Rated::isOutbound)
                    .thenComparingInt(Rated::streams)
                    .thenComparing(Rated::opened, Comparator.reverseOrder());

    private final Watermarks watermarks;
    private final PeerValues values;

    TrimPolicy(Watermarks watermarks, PeerValues values) {
        this.watermarks = watermarks;
        this.values = values;
    }

    /// Those to be closed, in that order.
    List<Candidate> choose(Collection<? extends Candidate> connections, Instant now) {
        if (connections.size() <= watermarks.high()) return List.of();
        List<Rated> open = new ArrayList<>();
        for (Candidate connection : connections) {
            PeerId peer = connection.peer();
            Instant opened = connection.opened();
            if (values.isProtected(peer) || now.isBefore(opened.plus(watermarks.grace()))) continue;
            open.add(new Rated(connection, values.value(peer), connection.streams(), opened));
        }
        return open.stream()
                .sorted(WORST_FIRST)
                .limit(connections.size() - watermarks.low())
                .map(Rated::connection)
                .toList();
    }
}
