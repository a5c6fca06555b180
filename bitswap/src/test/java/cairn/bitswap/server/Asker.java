package cairn.bitswap.server;

import static org.awaitility.Awaitility.await;

import cairn.bitswap.message.BitswapVersion;
import cairn.bitswap.message.ByteAllowance;
import cairn.bitswap.message.MessageHandler;
import cairn.bitswap.message.MessageReader;
import cairn.bitswap.message.Presence;
import cairn.bitswap.message.WantlistEntry;
import cairn.bitswap.message.WantlistEntry.Kind;
import cairn.libp2p.crypto.SigningKey;
import cairn.libp2p.host.Host;
import cairn.libp2p.host.HostOptions;
import cairn.libp2p.swarm.ProtocolStream;
import cairn.libp2p.swarm.StreamHandler;
import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import cairn.multiformats.Hashes;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/// A peer that asks a server, and keeps what it is told. What it asks is handed to the server as
/// the reader of its stream would.
final class Asker implements Closeable, MessageHandler {
    final List<Cid> have = new CopyOnWriteArrayList<>();
    final List<Cid> dontHave = new CopyOnWriteArrayList<>();

    /// How often each block came, in the order in which they came first.
    final Map<Cid, Integer> blocks = new ConcurrentHashMap<>();

    final List<Cid> order = new CopyOnWriteArrayList<>();
    final List<Integer> pendingBytes = new CopyOnWriteArrayList<>();
    final AtomicLong bytes = new AtomicLong();
    private final Server server;
    private final Host host;

    private Asker(Server server, Host host) {
        this.server = server;
        this.host = host;
    }

    /// One that reads and keeps all.
    static Asker connected(Server server, Host to, BitswapVersion... versions) throws IOException {
        Asker asker = new Asker(server, open());
        for (BitswapVersion version : versions)
            asker.host.swarm().handle(version.protocol(), asker::read);
        return asker.connect(to);
    }

    /// One that does something else with what comes.
    static Asker connected(Server server, Host to, StreamHandler handler) throws IOException {
        Asker asker = new Asker(server, open());
        asker.host.swarm().handle(BitswapVersion.V1_2_0.protocol(), handler);
        return asker.connect(to);
    }

    private Asker connect(Host to) throws IOException {
        host.connect(to.listenAddresses().getFirst().withPeer(to.id()));
        await().until(() -> to.swarm().connection(host.id()).isPresent());
        return this;
    }

    private static Host open() throws IOException {
        return Host.open(HostOptions.of(SigningKey.generate()).agentVersion("test/1"));
    }

    Host host() {
        return host;
    }

    private void read(ProtocolStream stream) throws IOException {
        MessageReader reader =
                new MessageReader(stream, Hashes.jdk(), new ByteAllowance(Block.MAX_BYTES));
        while (reader.read(this)) {}
    }

    void wantBlock(Cid cid) {
        say(false, new WantlistEntry.Want(cid, Kind.BLOCK, 1, true));
    }

    void wantHave(Cid cid) {
        say(false, new WantlistEntry.Want(cid, Kind.HAVE, 1, true));
    }

    void say(boolean full, WantlistEntry... entries) {
        WantMessage message = server.message(host.id());
        for (WantlistEntry entry : entries) message.entry(entry);
        message.end(full);
    }

    @Override
    public void entry(WantlistEntry entry) {
        throw new AssertionError("a server wants nothing: " + entry);
    }

    @Override
    public void presence(Presence presence) {
        switch (presence.type()) {
            case HAVE -> have.add(presence.cid());
            case DONT_HAVE -> dontHave.add(presence.cid());
        }
    }

    @Override
    public void block(Block block) {
        bytes.addAndGet(block.size());
        if (blocks.merge(block.cid(), 1, Integer::sum) == 1) order.add(block.cid());
    }

    @Override
    public void unnamed(int count) {
        throw new AssertionError("a block of " + count + " bytes that can't be named");
    }

    @Override
    public void end(boolean full, int pending) {
        pendingBytes.add(pending);
    }

    @Override
    public void close() throws IOException {
        host.close();
    }
}
