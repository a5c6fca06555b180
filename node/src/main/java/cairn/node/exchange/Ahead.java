package cairn.node.exchange;

import cairn.bitswap.session.BlockTaker;
import cairn.dag.BlockSource;
import cairn.dag.DagException;
import cairn.dag.codec.Links;
import cairn.dag.walk.Visited;
import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// A walk over a DAG that wants its blocks before a reader needs them, in the order in which the
/// reader comes by them. It keeps so many wanted that peers are never idle; how many of them are
/// asked for at once, and of whom, is the session's affair.
///
/// State is guarded by `this`. The walk is done by one virtual thread, which reads what is here
/// already; blocks that come are handed to it.
///
/// **Limits:** [#MOST_UNREAD] bytes of blocks that came and that the reader hasn't come by;
/// [#MOST_WANTED] blocks wanted at once; [#MOST_PENDING] that are known and not wanted yet, beyond
/// which further nodes are opened only when they are the next. What can't be fetched or read is
/// left to whoever reads it, who will say so.
final class Ahead {
    /// Blocks of 4 KiB at 100 MB/s with a round trip of 40 ms.
    static final int MOST_WANTED = 1024;

    static final int MOST_PENDING = 1 << 16;

    /// Half a second of a link of 1 Gbit/s: a reader as slow as a player of films is never so far
    /// behind, and one that stops early has cost little.
    static final long MOST_UNREAD = 64L << 20;

    /// Deeper than any DAG that a program makes.
    private static final int MOST_DEPTH = 256;

    private final BlockSource local;
    private final Wants wants;
    private final Visited visited;
    private final TreeSet<Entry> pending = new TreeSet<>(Comparator.comparing(Entry::place));
    private final ArrayDeque<Arrival> arrivals = new ArrayDeque<>();
    private final Unread unread;
    private int underWay;
    private int roots;
    private boolean running;
    private boolean closed;

    /// Who gets the blocks.
    interface Wants {
        /// Asks for a block; the taker gets it once it is kept.
        void want(Cid cid, BlockTaker taker) throws IOException;
    }

    private record Entry(Place place, Cid cid) {}

    private record Arrival(Place place, Block block) {}

    /// @param mostUnread see [#MOST_UNREAD]
    Ahead(BlockSource local, Wants wants, Visited visited, long mostUnread) {
        this.unread = new Unread(mostUnread);
        this.local = local;
        this.wants = wants;
        this.visited = visited;
    }

    /// Walks below a root too, after those that were added before.
    synchronized void add(Cid root) {
        pending.add(new Entry(Place.ROOT.child(roots++), root));
        if (!running) Thread.ofVirtual().name("fetch-ahead").start(this::run);
        running = true;
        notifyAll();
    }

    /// The reader has come by a block.
    synchronized void read(Cid cid) {
        if (unread.read(cid)) notifyAll();
    }

    private void run() {
        try {
            while (step()) {}
        } catch (IOException e) {
            // The reader meets the same, and tells.
            close();
        }
    }

    /// Does one thing that is to be done, or waits for one.
    ///
    /// @return false at the end
    private boolean step() throws IOException {
        Optional<Arrival> arrival;
        Optional<Entry> next = Optional.empty();
        synchronized (this) {
            awaitWork();
            if (isDone()) {
                running = false;
                return false;
            }
            arrival = Optional.ofNullable(arrivals.poll());
            if (arrival.isEmpty() && canWant()) next = Optional.ofNullable(pending.pollFirst());
        }
        if (arrival.isPresent()) open(arrival.get().place(), arrival.get().block());
        if (next.isPresent()) want(next.get());
        return true;
    }

    private boolean canWant() {
        return !pending.isEmpty() && underWay < MOST_WANTED && unread.hasRoom(underWay);
    }

    private boolean isDone() {
        return closed || (pending.isEmpty() && arrivals.isEmpty() && underWay == 0);
    }

    private void awaitWork() throws InterruptedIOException {
        try {
            while (arrivals.isEmpty() && !canWant() && !isDone()) wait();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while fetching ahead");
        }
    }

    private void want(Entry entry) throws IOException {
        boolean leaf = Links.isLeaf(entry.cid().codec());
        if (leaf ? local.has(entry.cid()) : openHere(entry)) return;
        synchronized (this) {
            underWay++;
        }
        wants.want(entry.cid(), new Taker(entry, leaf));
    }

    private boolean openHere(Entry entry) throws IOException {
        Optional<Block> here = local.get(entry.cid());
        if (here.isPresent()) open(entry.place(), here.get());
        return here.isPresent();
    }

    private void open(Place place, Block block) throws IOException {
        if (place.depth() >= MOST_DEPTH) return;
        List<Cid> links = new ArrayList<>();
        try {
            Links.forEach(block, (cid, _) -> links.add(cid));
        } catch (DagException e) {
            // It is what it is; the reader says what is wrong with it.
            return;
        }
        synchronized (this) {
            if (pending.size() + links.size() > MOST_PENDING && isPreceded(place)) {
                pending.add(new Entry(place, block.cid()));
                return;
            }
            for (int i = 0; i < links.size(); i++)
                if (visited.meet(links.get(i)) != Visited.Meeting.AGAIN)
                    pending.add(new Entry(place.child(i), links.get(i)));
        }
    }

    private boolean isPreceded(Place place) {
        return !pending.isEmpty() && pending.first().place().compareTo(place) < 0;
    }

    private final class Taker implements BlockTaker {
        private final Entry entry;
        private final boolean leaf;

        Taker(Entry entry, boolean leaf) {
            this.entry = entry;
            this.leaf = leaf;
        }

        @Override
        public void arrived(Block block, String source) {
            came(entry.place(), block, leaf);
        }

        @Override
        public void failed(Cid cid, IOException why) {
            over();
        }
    }

    private synchronized void came(Place place, Block block, boolean leaf) {
        unread.add(place, block.cid(), block.size());
        if (!leaf) arrivals.add(new Arrival(place, block));
        over();
    }

    private synchronized void over() {
        underWay--;
        notifyAll();
    }

    synchronized void close() {
        closed = true;
        notifyAll();
    }
}
