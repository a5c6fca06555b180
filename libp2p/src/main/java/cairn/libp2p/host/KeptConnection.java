package cairn.libp2p.host;

import cairn.libp2p.connections.Candidate;
import cairn.libp2p.limits.Direction;
import cairn.libp2p.swarm.Connection;
import cairn.multiformats.peer.PeerId;
import java.io.IOException;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A connection as the connection keeper sees it.
record KeptConnection(Connection connection) implements Candidate {
    private static final Logger LOG = LoggerFactory.getLogger(KeptConnection.class);

    @Override
    public PeerId peer() {
        return connection.peer();
    }

    @Override
    public Direction direction() {
        return connection.direction();
    }

    @Override
    public Instant opened() {
        return connection.opened();
    }

    @Override
    public int streams() {
        return connection.streams().size();
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (IOException e) {
            LOG.debug("closing {}: {}", connection, e.toString());
        }
    }
}
