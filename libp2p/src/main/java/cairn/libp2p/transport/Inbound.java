package cairn.libp2p.transport;

import cairn.multiformats.multiaddr.Multiaddr;
import java.io.IOException;

/// What a listener does with connections that come in; the host is behind it.
public interface Inbound {
    /// Asks for a place for a connection of which only the addresses are known.
    ///
    /// @throws IOException when the host won't have it: a filter or a limit; then the transport
    ///   closes it without a word
    Admission admit(Multiaddr local, Multiaddr remote) throws IOException;

    /// Hands over a connection whose handshakes are done. It is called on a thread of the
    /// connection's own, and may wait.
    void accept(Link link, Admission admission);
}
