package cairn.libp2p.host;

import cairn.libp2p.crypto.PeerRecord;
import cairn.libp2p.identify.IdentifyObserver;
import cairn.libp2p.peerstore.AddressTtl;
import cairn.libp2p.peerstore.PeerStore;
import cairn.libp2p.swarm.Connection;
import cairn.libp2p.swarm.RemoteInfo;
import cairn.libp2p.swarm.SwarmListener;
import java.util.Optional;

/// Keeps the peer store up to date with what happens in a swarm and what peers say of themselves.
final class KnownPeers implements SwarmListener, IdentifyObserver {
    private final PeerStore store;

    KnownPeers(PeerStore store) {
        this.store = store;
    }

    @Override
    public void connected(Connection connection) {
        store.connected(connection.peer());
        store.addPublicKey(connection.peer(), connection.remoteKey());
    }

    @Override
    public void disconnected(Connection connection) {
        connection.roundTrip().ifPresent(trip -> store.roundTrip(connection.peer(), trip));
        store.disconnected(connection.peer());
    }

    @Override
    public void learned(Connection connection, RemoteInfo info, Optional<PeerRecord> signed) {
        store.identified(connection.peer(), info.protocols(), info.agentVersion());
        if (signed.isPresent())
            store.certifiedAddresses(
                    connection.peer(),
                    signed.get().sequence(),
                    signed.get().addresses(),
                    AddressTtl.RECENTLY_CONNECTED);
        else store.addAddresses(connection.peer(), info.addresses(), AddressTtl.RECENTLY_CONNECTED);
    }
}
