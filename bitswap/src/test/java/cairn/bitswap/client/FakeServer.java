package cairn.bitswap.client;

import cairn.bitswap.message.BitswapVersion;
import cairn.bitswap.message.ByteAllowance;
import cairn.bitswap.message.MessageHandler;
import cairn.bitswap.message.MessageReader;
import cairn.bitswap.message.OutgoingMessage;
import cairn.bitswap.message.Presence;
import cairn.bitswap.message.WantlistEntry;
import cairn.bitswap.message.WantlistEntry.Kind;
import cairn.bitswap.stream.MessageStream;
import cairn.libp2p.crypto.SigningKey;
import cairn.libp2p.host.Host;
import cairn.libp2p.host.HostOptions;
import cairn.libp2p.swarm.ProtocolStream;
import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import cairn.multiformats.Hashes;
import cairn.multiformats.multiaddr.Multiaddr;
import cairn.multiformats.peer.PeerId;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;

/// A host that answers each want at once, in order, as well as it can: what a peer needs of a
/// server, and nothing more.
final class FakeServer implements Closeable {
    /// Blocks go together until they have so many bytes.
    private static final int MESSAGE_BYTES = 256 << 10;

    private final Map<PeerId, LinkedBlockingQueue<WantlistEntry.Want>> wants =
            new ConcurrentHashMap<>();
    private final List<Thread> senders = new ArrayList<>();
    private final Function<Cid, Optional<Block>> blocks;

    final Host host;
    final Queue<WantlistEntry> heard = new ConcurrentLinkedQueue<>();

    /// Blocks that are sent first, unasked.
    volatile List<Block> unasked = List.of();

    FakeServer(Function<Cid, Optional<Block>> blocks) throws IOException {
        this.blocks = blocks;
        host = host();
        for (String protocol : BitswapVersion.protocols()) host.serve(protocol, this::read);
    }

    static Host host() throws IOException {
        return Host.open(
                HostOptions.of(SigningKey.generate())
                        .listen(List.of(Multiaddr.parse("/ip4/127.0.0.1/tcp/0"))));
    }

    Multiaddr address() {
        return host.listenAddresses().getFirst().withPeer(host.id());
    }

    private void read(ProtocolStream stream) throws IOException {
        var queue = wants.computeIfAbsent(stream.peer(), this::begin);
        MessageReader reader =
                new MessageReader(stream, Hashes.jdk(), new ByteAllowance(Block.MAX_BYTES));
        while (reader.read(new Wants(queue))) {}
    }

    private final class Wants implements MessageHandler {
        private final LinkedBlockingQueue<WantlistEntry.Want> queue;

        Wants(LinkedBlockingQueue<WantlistEntry.Want> queue) {
            this.queue = queue;
        }

        @Override
        public void entry(WantlistEntry entry) {
            if (heard.size() < 10_000) heard.add(entry);
            if (entry instanceof WantlistEntry.Want want) queue.add(want);
        }

        @Override
        public void presence(Presence presence) {}

        @Override
        public void block(Block block) {}

        @Override
        public void unnamed(int bytes) {}

        @Override
        public void end(boolean full, int pendingBytes) {}
    }

    private LinkedBlockingQueue<WantlistEntry.Want> begin(PeerId peer) {
        LinkedBlockingQueue<WantlistEntry.Want> queue = new LinkedBlockingQueue<>();
        synchronized (senders) {
            senders.add(Thread.ofVirtual().start(() -> send(peer, queue)));
        }
        return queue;
    }

    private void send(PeerId peer, LinkedBlockingQueue<WantlistEntry.Want> queue) {
        try (MessageStream stream = new MessageStream(host.swarm(), peer)) {
            for (Block block : unasked)
                stream.send(OutgoingMessage.reply(List.of(block), List.of(), 0));
            for (WantlistEntry.Want next = queue.take(); ; next = queue.take()) {
                List<Block> reply = new ArrayList<>();
                List<Presence> presences = new ArrayList<>();
                int bytes = 0;
                for (WantlistEntry.Want want = next; want != null; want = queue.poll()) {
                    Optional<Block> block = blocks.apply(want.cid());
                    if (block.isEmpty()) {
                        presences.add(new Presence(want.cid(), Presence.Type.DONT_HAVE));
                    } else if (want.kind() == Kind.HAVE) {
                        presences.add(new Presence(want.cid(), Presence.Type.HAVE));
                    } else {
                        reply.add(block.get());
                        bytes += block.get().size();
                    }
                    if (bytes >= MESSAGE_BYTES) break;
                }
                stream.send(OutgoingMessage.reply(reply, presences, 0));
            }
        } catch (IOException e) {
            wants.remove(peer);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        synchronized (senders) {
            senders.forEach(Thread::interrupt);
        }
        host.close();
    }
}
