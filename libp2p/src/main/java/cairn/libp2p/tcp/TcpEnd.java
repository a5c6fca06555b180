package cairn.libp2p.tcp;

import cairn.libp2p.transport.Admission;
import cairn.libp2p.transport.Link;
import cairn.libp2p.wire.Duplex;
import cairn.multiformats.multiaddr.Multiaddr;
import java.io.IOException;

/// What makes a link of a TCP connection at one of its ends, handshakes of all layers included.
@FunctionalInterface
public interface TcpEnd {
    /// Performs the handshakes. The caller bounds their time, and closes `raw` on failure.
    ///
    /// @param local the address of this end, as far as `/tcp`
    /// @param remote the address of the other end, as far as `/tcp`
    Link link(Duplex raw, Multiaddr local, Multiaddr remote, Admission admission)
            throws IOException;
}
