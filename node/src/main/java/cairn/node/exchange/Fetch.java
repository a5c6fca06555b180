package cairn.node.exchange;

import cairn.bitswap.session.BlockTaker;
import cairn.bitswap.client.Session;
import cairn.bitswap.session.SessionStat;
import cairn.dag.BlockSource;
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
        this.ahead = new Ahead(this::here, this::want, Visited.onHeap(), mostUnread);
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
        return here.isPresent() ? here : Optional.of(fetched(cid));
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
        try {
            Block block = session.get(cid);
            keeper.keep(block);
            return block;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for " + cid);
        }
    }

    private void want(Cid cid, BlockTaker taker) {
        session.want(cid, new Keeping(taker));
    }

    /// Keeps a block before it is handed on: who waits for memory holds up the peer that sends.
    private final class Keeping implements BlockTaker {
        private final BlockTaker next;

        Keeping(BlockTaker next) {
            this.next = next;
        }

        @Override
        public void arrived(Block block, String source) {
            try {
                keeper.keep(block);
            } catch (IOException e) {
                next.failed(block.cid(), e);
                return;
            }
            next.arrived(block, source);
        }

        @Override
        public void failed(Cid cid, IOException why) {
            next.failed(cid, why);
        }
    }

    /// What was asked and what came, so far.
    public SessionStat stat() {
        return session.stat();
    }

    @Override
    public int sources() {
        return session.stat().have();
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
