package cairn.libp2p.dial;

import cairn.multiformats.multiaddr.Multiaddr;
import cairn.multiformats.peer.PeerId;
import java.io.IOException;

/// What dials one address: takes a place among the host's connections and asks the transport.
@FunctionalInterface
public interface LinkMaker {
    /// Dials, handshakes included. Interrupting the thread ends the attempt.
    Dialled make(PeerId peer, Multiaddr address) throws IOException;
}
