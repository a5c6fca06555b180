package cairn.bitswap.protocol;

import cairn.bitswap.client.Client;
import cairn.bitswap.message.MessageHandler;
import cairn.bitswap.message.Presence;
import cairn.bitswap.message.WantlistEntry;
import cairn.bitswap.server.Server;
import cairn.bitswap.server.WantMessage;
import cairn.libp2p.swarm.ProtocolStream;
import cairn.multiformats.Block;
import cairn.multiformats.peer.PeerId;
import java.time.Duration;
import java.util.Optional;

/// Hands what a peer says on a stream to the client or the server. A message gets the time that it
/// takes at a slow pace, so that nobody holds memory by a drip.
final class FromPeer implements MessageHandler {
    private static final Duration LEAST_TIME = Duration.ofSeconds(10);

    /// A third less than the slowest peer that is sent to.
    private static final int SLOWEST_BYTES_A_SECOND = 8 << 10;

    private final ProtocolStream stream;
    private final PeerId peer;
    private final Client client;
    private final Server server;
    private Optional<Runnable> ended = Optional.empty();
    private Optional<WantMessage> message = Optional.empty();

    FromPeer(ProtocolStream stream, Client client, Server server) {
        this.stream = stream;
        this.peer = stream.peer();
        this.client = client;
        this.server = server;
    }

    @Override
    public void begin(int bytes) {
        message = Optional.of(server.message(peer));
        stream.deadline(LEAST_TIME.plusSeconds(bytes / SLOWEST_BYTES_A_SECOND));
    }

    @Override
    public void entry(WantlistEntry entry) {
        message.orElseThrow().entry(entry);
    }

    @Override
    public void presence(Presence presence) {
        client.presence(peer, presence);
    }

    @Override
    public void block(Block block) {
        if (ended.isEmpty()) ended = Optional.of(client.streams(peer));
        client.block(peer, block);
    }

    @Override
    public void unnamed(int bytes) {
        client.unnamed(peer, bytes);
    }

    @Override
    public void end(boolean full, int pendingBytes) {
        message.ifPresent(whole -> whole.end(full));
        message = Optional.empty();
        client.end(peer);
    }

    /// The stream has ended, perhaps within a message: that was none of all that is wanted.
    void close() {
        message.ifPresent(part -> part.end(false));
        ended.ifPresent(Runnable::run);
    }
}
