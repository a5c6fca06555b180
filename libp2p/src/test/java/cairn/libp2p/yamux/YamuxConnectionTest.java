package cairn.libp2p.yamux;

import cairn.libp2p.limits.MemoryBudget;
import cairn.libp2p.muxer.MuxedConnectionContract;
import cairn.libp2p.muxer.SocketDuplex;
import cairn.libp2p.wire.Role;
import java.io.IOException;

class YamuxConnectionTest extends MuxedConnectionContract {
    private final YamuxMuxer muxer = new YamuxMuxer();

    @Override
    protected Ends connect() throws IOException {
        SocketDuplex.Pair pair = SocketDuplex.connect();
        return new Ends(
                muxer.over(pair.dialler(), Role.INITIATOR, MemoryBudget.unlimited()),
                muxer.over(pair.listener(), Role.RESPONDER, MemoryBudget.unlimited()));
    }
}
