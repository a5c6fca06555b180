package cairn.bitswap.client;

import cairn.bitswap.message.OutgoingMessage;
import cairn.bitswap.message.WantlistEntry;
import cairn.bitswap.stream.MessageStream;
import cairn.libp2p.multistream.UnsupportedProtocolException;
import cairn.libp2p.swarm.Swarm;
import cairn.multiformats.peer.PeerId;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells a peer, over a stream.
final class PeerMouth implements Mouth {
    private static final Logger LOG = LoggerFactory.getLogger(PeerMouth.class);

    private final PeerId peer;
    private final MessageStream stream;

    PeerMouth(Swarm swarm, PeerId peer) {
        this.peer = peer;
        stream = new MessageStream(swarm, peer);
    }

    @Override
    public void say(List<WantlistEntry> entries) throws IOException {
        stream.send(OutgoingMessage.wants(entries));
    }

    @Override
    public boolean mayTryAgain(IOException why) {
        return !(why instanceof UnsupportedProtocolException);
    }

    @Override
    public boolean takesLastCancels() {
        return false;
    }

    @Override
    public void close() {
        try {
            stream.close();
        } catch (IOException e) {
            LOG.debug("closing the stream to {}: {}", peer, e.toString());
        }
    }

    @Override
    public String toString() {
        return peer.toString();
    }
}
