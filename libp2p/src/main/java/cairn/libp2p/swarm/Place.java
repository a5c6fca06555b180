package cairn.libp2p.swarm;

import cairn.libp2p.bandwidth.ConnectionMeter;
import cairn.libp2p.limits.ConnectionScope;
import cairn.libp2p.limits.LimitExceededException;
import cairn.libp2p.limits.MemoryBudget;
import cairn.libp2p.transport.Admission;
import cairn.multiformats.peer.PeerId;

/// A connection's place among those of the host: the scope that its use is counted in, and the
/// meter of its bytes.
record Place(ConnectionScope scope, ConnectionMeter meter) implements Admission {
    @Override
    public MemoryBudget memory() {
        return scope;
    }

    /// Says who the other end is.
    ///
    /// @throws LimitExceededException when that peer has all that it may
    void setPeer(PeerId peer) throws LimitExceededException {
        scope.setPeer(peer);
        meter.setPeer(peer);
    }

    @Override
    public void close() {
        scope.close();
        meter.close();
    }
}
