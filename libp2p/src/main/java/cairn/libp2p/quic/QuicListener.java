package cairn.libp2p.quic;

import cairn.libp2p.transport.Listener;
import cairn.multiformats.multiaddr.Multiaddr;

/// A UDP socket that takes connections.
record QuicListener(UdpSocket socket, Multiaddr address) implements Listener {
    @Override
    public void close() {
        socket.stopListening();
    }
}
