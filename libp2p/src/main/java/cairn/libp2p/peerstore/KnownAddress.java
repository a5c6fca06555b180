package cairn.libp2p.peerstore;

import cairn.multiformats.multiaddr.Multiaddr;
import java.time.Instant;

/// An address of a peer.
///
/// @param address without the peer
/// @param certified whether the peer signed for it
/// @param expires when it is no longer believed, unless the peer is connected then
record KnownAddress(Multiaddr address, boolean certified, Instant expires) {}
