package cairn.libp2p.security;

import cairn.libp2p.wire.Duplex;
import cairn.multiformats.peer.PublicKey;
import java.util.Optional;

/// The outcome of a security handshake.
///
/// @param channel what is written here only the other peer can read
/// @param remoteKey the key that the other peer has proven to have
/// @param muxer the muxer that was agreed on within the handshake; empty where multistream-select
///   must do it
public record Secured(Duplex channel, PublicKey remoteKey, Optional<String> muxer) {}
