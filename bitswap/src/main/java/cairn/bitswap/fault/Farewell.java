package cairn.bitswap.fault;

import cairn.libp2p.swarm.Connection;
import cairn.libp2p.swarm.Swarm;
import cairn.multiformats.peer.PeerId;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Ends the connections to peers that are no use, or do harm.
public final class Farewell {
    private static final Logger LOG = LoggerFactory.getLogger(Farewell.class);

    private final Swarm swarm;

    public Farewell(Swarm swarm) {
        this.swarm = swarm;
    }

    /// Ends those of a peer, on a thread of its own.
    ///
    /// @param why what the peer did
    public void to(PeerId peer, String why) {
        LOG.info("{} {}: its connections are closed", peer, why);
        end(peer);
    }

    /// Ends those of a peer over which an error in this program came up, which is logged.
    public void after(Throwable error, PeerId peer) {
        LOG.error("an error in Cairn itself; {} is let go", peer, error);
        end(peer);
    }

    private void end(PeerId peer) {
        Thread.ofVirtual()
                .name("leaving")
                .start(() -> swarm.connections(peer).forEach(Farewell::close));
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (IOException e) {
            LOG.debug("closing {}: {}", connection, e.toString());
        }
    }
}
