package cairn.bitswap.protocol;

import cairn.bitswap.LocalBlocks;
import cairn.bitswap.ProviderFinder;
import cairn.bitswap.client.Client;
import cairn.bitswap.client.Session;
import cairn.bitswap.message.BitswapVersion;
import cairn.bitswap.message.ByteAllowance;
import cairn.bitswap.message.MessageReader;
import cairn.bitswap.server.Server;
import cairn.bitswap.session.SessionOptions;
import cairn.libp2p.host.Host;
import cairn.libp2p.swarm.Connection;
import cairn.libp2p.swarm.ProtocolStream;
import cairn.libp2p.swarm.RemoteInfo;
import cairn.libp2p.swarm.Swarm;
import cairn.libp2p.swarm.SwarmListener;
import cairn.multiformats.Cid;
import cairn.multiformats.Hashes;
import cairn.multiformats.peer.PeerId;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Bitswap on a host: its client asks peers for blocks, its server gives them those that are here.
///
/// ```java
/// try (Bitswap bitswap = Bitswap.open(host, blocks, finder, options);
///         Session session = bitswap.session(SessionOptions.DEFAULT)) {
///     Block block = session.get(cid);
/// }
/// ```
///
/// Which peers speak it is guarded by `this`, under which the client and server are told of them,
/// so that nobody comes after it went; they wait for nothing then.
public final class Bitswap implements Closeable {
    /// How much of blocks may be on the way into memory, from all peers and from one.
    private static final int MOST_INCOMING = 16 << 20;

    private static final int MOST_INCOMING_OF_PEER = 4 << 20;

    /// How long a stream may be silent between messages.
    private static final Duration SILENCE = Duration.ofMinutes(2);

    private final Swarm swarm;
    private final Hashes hashes;
    private final Client client;
    private final Server server;
    private final ByteAllowance incoming = new ByteAllowance(MOST_INCOMING);
    private final Map<PeerId, ByteAllowance> peers = new HashMap<>();

    private Bitswap(Host host, LocalBlocks blocks, ProviderFinder finder, BitswapOptions options) {
        swarm = host.swarm();
        hashes = options.client().hashes();
        client = new Client(swarm, finder, options.client());
        server = new Server(swarm, blocks, options.server());
    }

    /// Begins to speak it. The host stays the caller's, and is closed after this.
    ///
    /// @param blocks what peers may have
    /// @param finder finds peers that aren't connected
    public static Bitswap open(
            Host host, LocalBlocks blocks, ProviderFinder finder, BitswapOptions options) {
        Bitswap bitswap = new Bitswap(host, blocks, finder, options);
        host.swarm().subscribe(bitswap.new Watch());
        for (Connection connection : host.swarm().connections()) bitswap.met(connection);
        for (String protocol : BitswapVersion.protocols()) host.serve(protocol, bitswap::serve);
        return bitswap;
    }

    /// A new session, which fetches blocks that belong together.
    public Session session(SessionOptions options) {
        return client.open(options);
    }

    /// Tells that blocks are here now: peers that wait for them get them.
    public void stored(Collection<Cid> cids) {
        server.arrived(cids);
    }

    /// The connected peers that speak it.
    public synchronized List<PeerId> partners() {
        return List.copyOf(peers.keySet());
    }

    public Client client() {
        return client;
    }

    public Server server() {
        return server;
    }

    private void serve(ProtocolStream stream) throws IOException {
        ByteAllowance allowance = met(stream.peer());
        MessageReader reader = new MessageReader(stream, hashes, allowance);
        FromPeer handler = new FromPeer(stream, client, server);
        try {
            do stream.deadline(SILENCE);
            while (reader.read(handler));
        } finally {
            handler.close();
        }
    }

    private final class Watch implements SwarmListener {
        @Override
        public void identified(Connection connection) {
            met(connection);
        }

        @Override
        public void disconnected(Connection connection) {
            left(connection.peer());
        }
    }

    private void met(Connection connection) {
        Set<String> spoken = connection.remoteInfo().map(RemoteInfo::protocols).orElse(Set.of());
        if (BitswapVersion.protocols().stream().anyMatch(spoken::contains)) met(connection.peer());
    }

    /// A peer speaks Bitswap: it said so, or does it.
    private synchronized ByteAllowance met(PeerId peer) {
        ByteAllowance known = peers.get(peer);
        if (known != null) return known;
        ByteAllowance part =
                incoming.part(
                        MOST_INCOMING_OF_PEER,
                        () -> client.leave(peer, "holds up the blocks of others"));
        if (swarm.connections(peer).isEmpty()) return part;
        peers.put(peer, part);
        client.connected(peer);
        return part;
    }

    private synchronized void left(PeerId peer) {
        if (!swarm.connections(peer).isEmpty() || peers.remove(peer) == null) return;
        client.gone(peer);
        server.gone(peer);
    }

    /// Ends all sessions and answers nobody any more.
    @Override
    public void close() {
        for (String protocol : BitswapVersion.protocols()) swarm.unhandle(protocol);
        client.close();
        server.close();
    }
}
