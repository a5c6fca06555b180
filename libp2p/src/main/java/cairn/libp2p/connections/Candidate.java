package cairn.libp2p.connections;

import cairn.libp2p.limits.Direction;
import cairn.multiformats.peer.PeerId;
import java.time.Instant;

/// A connection that may be closed when there are too many.
public interface Candidate {
    /// The peer at its other end.
    PeerId peer();

    /// Who opened it.
    Direction direction();

    /// When it was opened.
    Instant opened();

    /// The number of its streams that are open now.
    int streams();

    /// Closes it; doing so again does nothing. May wait.
    void close();
}
