package cairn.libp2p.transport;

import cairn.libp2p.wire.Duplex;
import cairn.libp2p.wire.Role;
import cairn.multiformats.multiaddr.Multiaddr;
import cairn.multiformats.peer.PeerId;
import java.io.IOException;
import java.util.Optional;

/// What makes a link out of a bare connection: agrees on security, proves both keys, agrees on a
/// muxer. TCP and WebSocket end in it; QUIC needs none.
@FunctionalInterface
public interface ChannelUpgrade {
    /// Performs all handshakes. The caller bounds their time by closing `raw`, closes it on
    /// failure, and keeps the admission; on success the link owns `raw`.
    ///
    /// @param expected who was dialled; empty for a connection that came in
    /// @param local this end's address, without a peer, as the link will tell it
    /// @param remote the other end's address, without a peer
    /// @param admission what the connection's buffers are taken from; not closed here
    /// @throws cairn.libp2p.security.SecurityHandshakeException when the other end can't prove its
    ///   key, or isn't the expected peer
    Link upgrade(
            Duplex raw,
            Role role,
            Optional<PeerId> expected,
            Multiaddr local,
            Multiaddr remote,
            Admission admission)
            throws IOException;
}
