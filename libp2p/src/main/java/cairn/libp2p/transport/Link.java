package cairn.libp2p.transport;

import cairn.libp2p.muxer.MuxedConnection;
import cairn.multiformats.multiaddr.Multiaddr;
import cairn.multiformats.peer.PeerId;
import cairn.multiformats.peer.PublicKey;

/// A link is a connection to a peer that is secured and carries streams, before anything has been
/// said over it.
///
/// @param muxed the streams; not yet started
/// @param remoteKey the key that the other end has proven to have
/// @param local this end's address, without a peer
/// @param remote the other end's address, without a peer
/// @param security the security protocol, such as `/noise`; for QUIC `/tls/1.0.0`
/// @param muxer the muxer, such as `/yamux/1.0.0`; for QUIC `quic`
public record Link(
        MuxedConnection muxed,
        PublicKey remoteKey,
        Multiaddr local,
        Multiaddr remote,
        String security,
        String muxer) {
    /// The peer at the other end.
    public PeerId remotePeer() {
        return remoteKey.peerId();
    }
}
