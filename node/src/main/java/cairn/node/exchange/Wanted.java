package cairn.node.exchange;

import cairn.bitswap.client.Session;
import cairn.bitswap.session.BlockTaker;
import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a fetch wants of its session, each block once: from the first who wants it until it is
/// kept, whoever else wants it waits with that one. A reader and the walk ahead of it want the same
/// blocks; and a peer may leave unanswered what it is asked for again soon after it sent it, as
/// Helia does for five seconds.
///
/// State is guarded by `this`; takers, session and store are called without it.
final class Wanted {
    private final Session session;
    private final Keeper keeper;
    private final Map<Cid, Coming> coming = new HashMap<>();

    Wanted(Session session, Keeper keeper) {
        this.session = session;
        this.keeper = keeper;
    }

    /// Asks for a block, unless that was done. The taker gets it once it is kept.
    void want(Cid cid, BlockTaker taker) {
        Optional<Block> held = Optional.empty();
        Optional<Coming> first = Optional.empty();
        synchronized (this) {
            Coming known = coming.get(cid);
            if (known == null) held = keeper.held(cid);
            if (known == null && held.isEmpty()) {
                known = new Coming(cid);
                first = Optional.of(known);
                coming.put(cid, known);
            }
            if (held.isEmpty()) known.takers.add(taker);
        }
        held.ifPresent(block -> taker.arrived(block, "an earlier want"));
        first.ifPresent(one -> session.want(cid, one));
    }

    /// A taker waits no more.
    void cancel(Cid cid, BlockTaker taker) {
        Coming known;
        synchronized (this) {
            known = coming.get(cid);
            if (known == null || !known.takers.remove(taker) || !known.takers.isEmpty()) return;
            coming.remove(cid);
        }
        session.cancel(cid, known);
    }

    private synchronized List<BlockTaker> over(Coming one) {
        coming.remove(one.cid, one);
        return List.copyOf(one.takers);
    }

    /// A block that was asked for, with who waits for it. It is kept before it is handed on: who
    /// waits for memory holds up the peer that sends.
    private final class Coming implements BlockTaker {
        private final Cid cid;
        private final List<BlockTaker> takers = new ArrayList<>(1);

        Coming(Cid cid) {
            this.cid = cid;
        }

        @Override
        public void arrived(Block block, String source) {
            try {
                keeper.keep(block);
            } catch (IOException e) {
                failed(cid, e);
                return;
            }
            for (BlockTaker taker : over(this)) taker.arrived(block, source);
        }

        @Override
        public void failed(Cid missing, IOException why) {
            for (BlockTaker taker : over(this)) taker.failed(missing, why);
        }
    }
}
