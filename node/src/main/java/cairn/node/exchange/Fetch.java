package cairn.node.exchange;

import cairn.bitswap.client.OneBlock;
import cairn.bitswap.client.Session;
import cairn.bitswap.session.SessionStat;
import cairn.dag.BlockSource;
import cairn.dag.FetchStat;
import cairn.dag.FetchingSource;
import cairn.dag.walk.Visited;
import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import cairn.node.gateways.SessionSources;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Optional;

/// A fetch gives the blocks of DAGs, those that are here from the store and the others from peers,
/// and keeps what peers sent. Safe for many threads at once.
public final class Fetch implements FetchingSource {
    private final BlockSource local;
    private final Session session;
    private final SessionSources sources;
    private final Keeper keeper;
    private final Wanted wanted;
    private final Ahead ahead;

    /// @param local what is here
    /// @param session asks peers; closed with this
    /// @param sources are asked by the session too; closed with this
    /// @param keeper where what comes is stored; closed with this
    /// @param mostUnread bytes that may be fetched ahead of a reader
    Fetch(
            BlockSource local,
            Session session,
            SessionSources sources,
            Keeper keeper,
            long mostUnread) {
        this.local = local;
        this.session = session;
        this.sources = sources;
        this.keeper = keeper;
        this.wanted = new Wanted(session, keeper);
        this.ahead = new Ahead(this::here, wanted::want, Visited.onHeap(), mostUnread);
    }

    @Override
    public void expect(Cid root) {
        sources.meets(root);
        ahead.add(root);
    }

    /// The block, waited for while peers are asked.
    ///
    /// @throws cairn.bitswap.session.BlockNotFoundException when nobody has it
    @Override
    public Optional<Block> get(Cid cid) throws IOException {
        sources.meets(cid);
        ahead.read(cid);
        Optional<Block> here = here(cid);
        if (here.isPresent()) return here;
        Block block = fetched(cid);
        // It had no place when it was asked for, as it wasn't here.
        ahead.read(cid);
        return Optional.of(block);
    }

    /// Whether it can be had: it is fetched where it isn't here.
    @Override
    public boolean has(Cid cid) throws IOException {
        ahead.read(cid);
        return keeper.held(cid).isPresent() || local.has(cid) || get(cid).isPresent();
    }

    private Optional<Block> here(Cid cid) throws IOException {
        Optional<Block> held = keeper.held(cid);
        return held.isPresent() ? held : local.get(cid);
    }

    private Block fetched(Cid cid) throws IOException {
        OneBlock one = new OneBlock();
        wanted.want(cid, one);
        try {
            return one.await();
        } catch (InterruptedException e) {
            wanted.cancel(cid, one);
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for " + cid);
        }
    }

    /// What was asked and what came, so far.
    public SessionStat stat() {
        return session.stat();
    }

    @Override
    public FetchStat fetched() {
        SessionStat stat = session.stat();
        return new FetchStat(
                stat.peers(),
                stat.have(),
                stat.dontHave(),
                stat.silent(),
                stat.bytes(),
                stat.waiting());
    }

    @Override
    public void flush() throws IOException {
        keeper.flush();
    }

    @Override
    public void close() throws IOException {
        ahead.close();
        try {
            sources.close();
            session.close();
        } finally {
            keeper.close();
        }
    }
}
