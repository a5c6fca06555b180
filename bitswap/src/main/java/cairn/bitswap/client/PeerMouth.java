package cairn.bitswap.client;

import cairn.bitswap.message.BitswapVersion;
import cairn.bitswap.message.OutgoingMessage;
import cairn.bitswap.message.WantlistEntry;
import cairn.bitswap.stream.MessageStream;
import cairn.libp2p.multistream.UnsupportedProtocolException;
import cairn.libp2p.swarm.Connection;
import cairn.libp2p.swarm.RemoteInfo;
import cairn.libp2p.swarm.Swarm;
import cairn.multiformats.peer.PeerId;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells a peer, over a stream.
final class PeerMouth implements Mouth {
    private static final Logger LOG = LoggerFactory.getLogger(PeerMouth.class);

    private final PeerId peer;
    private final MessageStream stream;
    private final boolean answered;

    PeerMouth(Swarm swarm, PeerId peer) {
        this.peer = peer;
        stream = new MessageStream(swarm, peer);
        Set<String> spoken =
                swarm.connection(peer)
                        .flatMap(Connection::remoteInfo)
                        .map(RemoteInfo::protocols)
                        .orElse(Set.of());
        answered = spoken.isEmpty() || spoken.contains(BitswapVersion.V1_2_0.protocol());
    }

    /// What a peer speaks that hasn't said so yet is taken for the newest.
    @Override
    public boolean isAnswered() {
        return answered;
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
