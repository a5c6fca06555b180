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
/// [#MOST_WANTED] blocks wanted at once; [#MOST_PENDING_BYTES] for links that are known and not
/// wanted yet, beyond which further nodes are opened only when they are the next, and by
/// [#LEAST_LINKS] at a time; as many nodes as [Visited#onHeap] remembers, after which the reader
/// goes on alone: to forget one would be to walk all below it once more. What can't be fetched or
/// read is left to whoever reads it, who will say so.
final class Ahead {
    /// Blocks of 4 KiB at 100 MB/s with a round trip of 40 ms.
    static final int MOST_WANTED = 1024;

    /// Some 65,000 links.
    static final long MOST_PENDING_BYTES = 16 << 20;

    /// So many links of a node are taken where there is no room for all: with nodes open at every
    /// depth, a few times as much as is pending anyway.
    private static final int LEAST_LINKS = 256;

    /// What a link takes beside its CID's bytes and the numbers of its place.
    private static final int LINK_BYTES = 224;

    /// Half a second of a link of 1 Gbit/s: a reader as slow as a player of films is never so far
    /// behind, and one that stops early has cost little.
    static final long MOST_UNREAD = 64L << 20;

    /// Deeper than any DAG that a program makes.
    private static final int MOST_DEPTH = 256;

    private final BlockSource local;
    private final Wants wants;
    private final Met met;
    private final TreeSet<Entry> pending = new TreeSet<>(Comparator.comparing(Entry::place));
    private final ArrayDeque<Arrival> arrivals = new ArrayDeque<>();
    private final Unread unread;
    private long pendingBytes;
    private int underWay;
    private int roots;
    private boolean running;
    private boolean closed;

    /// Who gets the blocks.
    interface Wants {
        /// Asks for a block; the taker gets it once it is kept.
        void want(Cid cid, BlockTaker taker) throws IOException;
    }

    /// A block that the reader will come by, or what is left of the links of a node.
    ///
    /// @param place what is pending first has the least
    /// @param node the place of the block
    /// @param from the first of its links that is left
    private record Entry(Place place, Cid cid, Place node, int from) {
        static Entry of(Place place, Cid cid) {
            return new Entry(place, cid, place, 0);
        }

        static Entry rest(Place node, Cid cid, int from) {
            return new Entry(node.child(from), cid, node, from);
        }

        long bytes() {
            return LINK_BYTES + (long) Integer.BYTES * place.depth() + cid.size();
        }
    }

    private record Arrival(Entry entry, Block block) {}

    /// @param mostUnread see [#MOST_UNREAD]
    Ahead(BlockSource local, Wants wants, Visited visited, long mostUnread) {
        this.unread = new Unread(mostUnread);
        this.local = local;
        this.wants = wants;
        this.met = new Met(visited);
    }

    /// Walks below a root too, after those that were added before.
    synchronized void add(Cid root) {
        put(Entry.of(Place.ROOT.child(roots++), root));
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
            if (arrival.isEmpty() && canWant()) next = Optional.of(first());
        }
        if (arrival.isPresent()) open(arrival.get().entry(), arrival.get().block());
        if (next.isPresent()) want(next.get());
        return true;
    }

    private void put(Entry entry) {
        if (pending.add(entry)) pendingBytes += entry.bytes();
    }

    private Entry first() {
        Entry first = pending.removeFirst();
        pendingBytes -= first.bytes();
        return first;
    }

    /// What the links take that are pending.
    synchronized long pendingBytes() {
        return pendingBytes;
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
        if (here.isPresent()) open(entry, here.get());
        return here.isPresent();
    }

    private void open(Entry entry, Block block) throws IOException {
        Place node = entry.node();
        if (node.depth() >= MOST_DEPTH) return;
        List<Cid> links = new ArrayList<>();
        try {
            Links.forEach(block, (cid, _) -> links.add(cid));
        } catch (DagException e) {
            // It is what it is; the reader says what is wrong with it.
            return;
        }
        synchronized (this) {
            boolean first = !isPreceded(entry.place());
            int next = entry.from();
            int taken = 0;
            for (; next < links.size() && (isRoom() || (first && taken < LEAST_LINKS)); next++) {
                if (!met.isNew(links.get(next))) continue;
                put(Entry.of(node.child(next), links.get(next)));
                taken++;
            }
            if (next < links.size()) put(Entry.rest(node, block.cid(), next));
        }
    }

    private boolean isRoom() {
        return pendingBytes < MOST_PENDING_BYTES;
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
            came(entry, block, leaf);
        }

        @Override
        public void failed(Cid cid, IOException why) {
            over();
        }
    }

    private synchronized void came(Entry entry, Block block, boolean leaf) {
        unread.add(entry.place(), block.cid(), block.size());
        if (!leaf) arrivals.add(new Arrival(entry, block));
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
