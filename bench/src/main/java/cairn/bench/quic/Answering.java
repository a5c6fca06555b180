package cairn.bench.quic;

import cairn.libp2p.muxer.MuxedStream;
import cairn.libp2p.transport.Admission;
import cairn.libp2p.transport.Inbound;
import cairn.libp2p.transport.Link;
import cairn.multiformats.multiaddr.Multiaddr;
import java.util.function.Consumer;

/// Takes every connection, and gives each of its streams to a thread.
record Answering(Consumer<MuxedStream> handler) implements Inbound {
    @Override
    public Admission admit(Multiaddr local, Multiaddr remote) {
        return Admission.unlimited();
    }

    @Override
    public void accept(Link link, Admission admission) {
        link.muxed().start(stream -> Thread.startVirtualThread(() -> handler.accept(stream)));
    }
}
