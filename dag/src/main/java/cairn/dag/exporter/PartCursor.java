package cairn.dag.exporter;

import cairn.dag.DagException;
import cairn.dag.PbLink;
import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import cairn.multiformats.Multicodec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Optional;

/// The bytes of a range of a file, block by block, fetched ahead. For one thread.
///
/// A walk of the tree, depth first, that holds the nodes from the root down to where it is. Parts
/// outside of the range are not read. A part that declares no bytes is read and checked, and not
/// walked into, so that each step down ends in bytes.
///
/// **Limits:** 128 levels; 16 MiB of nodes from the root down, with 150,000 links.
public final class PartCursor implements AutoCloseable {
    static final int MAX_DEPTH = 128;
    static final long MAX_HELD_BYTES = 16 << 20;

    /// Decoded a link takes some 200 bytes, however few it has in its block; a node of 2 MiB has
    /// under 50,000 of those that a file needs.
    static final int MAX_HELD_LINKS = 150_000;

    /// What a node between root and leaves is taken to weigh before it is there.
    static final int INNER_COST = 64 << 10;

    private sealed interface Pending {
        int cost();

        Fetch<?> fetch();
    }

    private record PendingNode(long position, long size, int cost, Fetch<Block> fetch)
            implements Pending {}

    private record PendingLeaf(Cid cid, long position, long size, int cost, Fetch<LeafBytes> fetch)
            implements Pending {}

    private static final class Frame {
        final FilePart part;
        final ArrayDeque<Pending> pending = new ArrayDeque<>();
        int next;
        long position;

        Frame(FilePart part, long position) {
            this.part = part;
            this.position = position;
        }
    }

    private final BlockFetcher fetcher;
    private final FilePart root;
    private final KnownBytes known;
    private final long start;
    private final long end;
    private final ArrayDeque<Frame> frames = new ArrayDeque<>();
    private final Fetch.Steps steps = new Fetch.Steps();
    private boolean begun;
    private long budget;
    private int ahead;
    private long held;
    private int heldLinks;

    /// What the caller of `next` has.
    private Optional<LeafBytes> given = Optional.empty();

    PartCursor(BlockFetcher fetcher, FilePart root, long start, long end, KnownBytes known) {
        this.fetcher = fetcher;
        this.root = root;
        this.known = known;
        this.start = start;
        this.end = end;
        this.budget = fetcher.readAhead().bytes();
    }

    /// The next bytes, at least one; empty at the end. They are there until the next call or the
    /// end of the cursor. When a call fails, all further ones fail the same way.
    public Optional<FileBytes> next() throws IOException {
        return steps.take(this::step);
    }

    private Optional<FileBytes> step() throws IOException {
        giveBack();
        if (!begun) {
            begun = true;
            if (isKnown(root.cid(), 0, root.size())) return Optional.empty();
            FilePart part = root.isRead() ? root : read(fetcher.get(root.cid()), root.size());
            Optional<FileBytes> bytes = enter(part, 0);
            if (bytes.isPresent()) return bytes;
        }
        while (!frames.isEmpty()) {
            fill();
            Pending head = frames.peek().pending.poll();
            if (head == null) {
                FilePart done = frames.pop().part;
                held -= done.encodedSize();
                heldLinks -= done.links().size();
                continue;
            }
            budget += head.cost();
            ahead--;
            Optional<FileBytes> bytes =
                    switch (head) {
                        case PendingLeaf leaf -> take(leaf);
                        case PendingNode node ->
                                enter(read(node.fetch.await(), node.size), node.position);
                    };
            if (bytes.isPresent()) return bytes;
        }
        return Optional.empty();
    }

    private Optional<FileBytes> take(PendingLeaf leaf) throws IOException {
        giveBack();
        LeafBytes bytes = leaf.fetch.await();
        given = Optional.of(bytes);
        requireSize(leaf.cid, bytes.size(), leaf.size);
        return within(leaf.cid, bytes.view(), leaf.position);
    }

    private void giveBack() {
        given.ifPresent(LeafBytes::giveBack);
        given = Optional.empty();
    }

    private FilePart read(Block block, long size) throws DagException {
        FilePart part = FilePart.of(block);
        requireSize(part.cid(), part.size(), size);
        return part;
    }

    private void requireSize(Cid cid, long size, long declared) throws DagException {
        if (size != declared)
            throw new DagException(
                    cid
                            + " holds "
                            + size
                            + " bytes of a file, but its parent declares "
                            + declared
                            + " (file "
                            + root.cid()
                            + ")");
    }

    private Optional<FileBytes> enter(FilePart part, long position) throws DagException {
        ByteBuffer data = part.data().orElseThrow();
        long first = position + data.remaining();
        if (part.size() > data.remaining() && first < end && position + part.size() > start) {
            held += part.encodedSize();
            heldLinks += part.links().size();
            if (frames.size() >= MAX_DEPTH || held > MAX_HELD_BYTES || heldLinks > MAX_HELD_LINKS)
                throw new DagException(
                        part.cid()
                                + " is too deep in its file "
                                + root.cid()
                                + ": at most "
                                + MAX_DEPTH
                                + " levels, "
                                + (MAX_HELD_BYTES >> 20)
                                + " MiB of nodes and "
                                + MAX_HELD_LINKS
                                + " links above one another");
            frames.push(new Frame(part, first));
        }
        return within(part.cid(), data, position);
    }

    /// Those of a block's bytes that lie in the range.
    private Optional<FileBytes> within(Cid cid, ByteBuffer data, long position) {
        long from = Math.max(start, position);
        long to = Math.min(end, position + data.remaining());
        if (from >= to) return Optional.empty();
        int offset = data.position() + (int) (from - position);
        return Optional.of(new FileBytes(cid, from, data.slice(offset, (int) (to - from))));
    }

    /// Starts fetches in the order of the file, as the window allows.
    private void fill() throws IOException {
        Iterator<Frame> inOrder = frames.iterator();
        while (inOrder.hasNext()) {
            Frame frame = inOrder.next();
            while (frame.next < frame.part.links().size()) {
                boolean needed = frame == frames.peek() && frame.pending.isEmpty();
                if (!needed && (budget <= 0 || ahead >= fetcher.readAhead().blocks())) return;
                startNext(frame);
            }
        }
    }

    private void startNext(Frame frame) throws IOException {
        PbLink link = frame.part.links().get(frame.next);
        long size = frame.part.sizes().get(frame.next);
        long position = frame.position;
        frame.next++;
        frame.position += size;
        if (position >= end || position + size < start || (size > 0 && position + size == start))
            return;
        if (isKnown(link.cid(), position, size)) return;
        boolean leaf = link.cid().codec().equals(Multicodec.RAW) || size <= Block.MAX_BYTES;
        int cost = leaf ? Math.clamp(size, 0, Block.MAX_BYTES) : INNER_COST;
        budget -= cost;
        ahead++;
        frame.pending.add(pending(link.cid(), position, size, cost));
    }

    private Pending pending(Cid cid, long position, long size, int cost) {
        return size > 0 && cid.codec().equals(Multicodec.RAW)
                ? new PendingLeaf(cid, position, size, cost, fetcher.startLeaf(cid, cost))
                : new PendingNode(position, size, cost, fetcher.start(cid, cost));
    }

    private boolean isKnown(Cid cid, long position, long size) throws IOException {
        return cid.codec().equals(Multicodec.RAW)
                && size <= Block.MAX_BYTES
                && known.holds(cid, position, (int) size);
    }

    @Override
    public void close() {
        giveBack();
        for (Frame frame : frames) for (Pending p : frame.pending) p.fetch().cancel();
        frames.clear();
    }
}
