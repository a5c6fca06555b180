package cairn.libp2p.yamux;

import cairn.libp2p.limits.MemoryBudget;
import cairn.libp2p.muxer.MuxedConnectionContract;
import cairn.libp2p.muxer.SocketDuplex;
import cairn.libp2p.wire.Role;
import java.io.IOException;

/// The same over sockets whose buffers hold less than a frame, where each write waits for the other
/// end to read: ends that waited for each other would stand still.
class YamuxOverTinyBuffersTest extends MuxedConnectionContract {
    private static final int TINY = 2_048;

    private final YamuxMuxer muxer = new YamuxMuxer();

    @Override
    protected Ends connect() throws IOException {
        SocketDuplex.Pair pair = SocketDuplex.connect(TINY);
        return new Ends(
                muxer.over(pair.dialler(), Role.INITIATOR, MemoryBudget.unlimited()),
                muxer.over(pair.listener(), Role.RESPONDER, MemoryBudget.unlimited()));
    }
}
