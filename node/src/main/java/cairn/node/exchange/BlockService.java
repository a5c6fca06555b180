package cairn.node.exchange;

import cairn.bitswap.LocalBlocks;
import cairn.bitswap.ProviderFinder;
import cairn.bitswap.client.ClientOptions;
import cairn.bitswap.client.Session;
import cairn.bitswap.client.Source;
import cairn.bitswap.protocol.Bitswap;
import cairn.bitswap.protocol.BitswapOptions;
import cairn.bitswap.server.ServerOptions;
import cairn.bitswap.session.SessionOptions;
import cairn.blockstore.Blocks;
import cairn.libp2p.host.Host;
import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import cairn.node.CairnNode;
import cairn.node.gateways.HttpSources;
import cairn.node.gateways.SessionSources;
import cairn.node.repo.NetworkSettings;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/// The blocks of a node on the network: peers get those that are here, and what isn't is fetched
/// from them, and from the sources over HTTP that the settings name.
public final class BlockService implements Closeable {
    /// Of the time that a command may take, in percent.
    private static final int SEARCHED = 95;

    private final CairnNode node;
    private final Bitswap bitswap;
    private final HttpSources sources;

    private BlockService(CairnNode node, Bitswap bitswap, HttpSources sources) {
        this.node = node;
        this.bitswap = bitswap;
        this.sources = sources;
    }

    /// Begins to trade blocks. Node and host stay the caller's, and are closed after this.
    ///
    /// @param settings whether peers get blocks, and what sources there are besides them
    /// @param node open for writing
    /// @param finder finds peers that aren't connected
    public static BlockService open(
            CairnNode node, Host host, ProviderFinder finder, NetworkSettings settings) {
        BitswapOptions options =
                new BitswapOptions(
                        ClientOptions.of(node.hashes()),
                        ServerOptions.DEFAULTS.withEnabled(settings.servesBlocks()));
        return new BlockService(
                node,
                Bitswap.open(host, new Stored(node.blocks()), finder, options),
                HttpSources.open(settings.httpSources(), host.bandwidth(), node.hashes()));
    }

    /// The blocks of the store, as peers may have them.
    private record Stored(Blocks blocks) implements LocalBlocks {
        @Override
        public OptionalInt size(Cid cid) throws IOException {
            return blocks.size(cid.hash());
        }

        @Override
        public Optional<Block> get(Cid cid) throws IOException {
            return blocks.get(cid);
        }
    }

    /// Begins to fetch DAGs that belong together.
    ///
    /// @param searchTime how long a block is looked for that nobody is known to have
    public Fetch fetch(Duration searchTime) {
        return fetch(searchTime, Ahead.MOST_UNREAD);
    }

    Fetch fetch(Duration searchTime, long mostUnread) {
        Session session = bitswap.session(SessionOptions.DEFAULT.searchTime(searchTime));
        SessionSources own = sources.begin();
        for (Source source : own.all()) session.add(source);
        Keeper keeper = new Keeper(node::openSession, bitswap::stored);
        return new Fetch(node.source(), session, own, keeper, mostUnread);
    }

    /// The node for one command: what isn't here is fetched. Closing it ends the fetch alone.
    ///
    /// @param time how long the command may take, if there is a limit: a search that fails a little
    ///   before says more than the limit does
    public CairnNode fetching(Optional<Duration> time) {
        Duration search =
                time.map(limit -> limit.multipliedBy(SEARCHED).dividedBy(100))
                        .filter(limit -> limit.compareTo(SessionOptions.SEARCH_TIME) < 0)
                        .filter(Duration::isPositive)
                        .orElse(SessionOptions.SEARCH_TIME);
        return node.fetching(fetch(search));
    }

    public Bitswap bitswap() {
        return bitswap;
    }

    /// The sources over HTTP.
    public HttpSources sources() {
        return sources;
    }

    /// Ends all fetches and answers no peer any more.
    @Override
    public void close() {
        bitswap.close();
        sources.close();
    }
}
