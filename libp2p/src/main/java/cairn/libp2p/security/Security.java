package cairn.libp2p.security;

import cairn.libp2p.wire.Duplex;
import cairn.libp2p.wire.Role;
import cairn.multiformats.peer.PeerId;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// A security protocol: a handshake over bytes that anyone may read and change, after which only
/// the two peers can, and each knows the other's key.
public interface Security {
    /// The name that multistream-select agrees on, such as `/noise`.
    String protocol();

    /// Performs the handshake. The caller bounds its time by closing `raw`; on failure the caller
    /// closes it.
    ///
    /// @param expected who was dialled; empty for a connection that came in
    /// @param muxers the names of the muxers on offer, best first, to agree on one within the
    ///   handshake
    /// @throws SecurityHandshakeException when the other end can't prove its key, or isn't the
    ///   expected peer
    Secured secure(Duplex raw, Role role, Optional<PeerId> expected, List<String> muxers)
            throws IOException;
}
