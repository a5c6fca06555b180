package cairn.libp2p.transport;

import cairn.multiformats.multiaddr.Multiaddr;
import cairn.multiformats.peer.PeerId;
import java.io.Closeable;
import java.io.IOException;

/// A transport makes links over one kind of network connection: handshakes included.
public interface Transport extends Closeable {
    /// Whether it can dial or listen at such an address, by its protocols. Names are resolved
    /// beforehand: addresses here begin with `/ip4` or `/ip6`.
    boolean handles(Multiaddr address);

    /// Dials. It waits for all handshakes, within its own time limits; interrupting the thread ends
    /// the attempt and frees what it took. The admission is closed when the link is, and also when
    /// the dial fails.
    ///
    /// @param address without a peer
    /// @throws cairn.libp2p.security.SecurityHandshakeException when another peer answers
    Link dial(Multiaddr address, PeerId expected, Admission admission) throws IOException;

    /// Listens at an address.
    Listener listen(Multiaddr address, Inbound inbound) throws IOException;

    /// Closes the listeners and what the transport shares among links; links live on where they
    /// can.
    @Override
    void close() throws IOException;
}
