package cairn.node;

import cairn.blockstore.rocks.GarbageCollection;
import cairn.dag.BlockSource;
import cairn.dag.DagException;
import cairn.dag.IdentityBlocks;
import cairn.dag.MissingBlockException;
import cairn.dag.codec.Codec;
import cairn.dag.codec.Links;
import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import cairn.multiformats.Multicodec;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/// Tells a collection what to keep: roots, and where they say so all that can be reached from them.
///
/// What was met is remembered by the collection, in a few bits a block. For one thread.
final class Marker {
    /// Links held above one another, about 50 MB: as many as a walk that pins holds at most.
    static final int MAX_LINKS = 500_000;

    private record Level(Iterator<Cid> links, int size) {}

    private final GarbageCollection collection;
    private final BlockSource source;
    private final CollectionListener listener;
    private long marked;

    Marker(GarbageCollection collection, BlockSource source, CollectionListener listener) {
        this.collection = collection;
        this.source = IdentityBlocks.over(source);
        this.listener = listener;
    }

    /// Keeps a root.
    ///
    /// @throws CollectionException when it can't be followed
    void mark(Root root) throws CollectionException {
        try {
            if (root.below()) walk(root);
            else keep(root, leaf(root.cid()));
        } catch (IOException e) {
            throw new CollectionException(root, e);
        }
    }

    private void walk(Root root) throws IOException {
        ArrayDeque<Level> levels = new ArrayDeque<>();
        int held = push(levels, visit(root, root.cid()));
        while (!levels.isEmpty()) {
            Level top = levels.peek();
            if (!top.links.hasNext()) {
                held -= levels.pop().size;
                continue;
            }
            held += push(levels, visit(root, top.links.next()));
            if (held > MAX_LINKS)
                throw new DagException("it is too deep: over " + MAX_LINKS + " links in hand");
        }
    }

    private static int push(ArrayDeque<Level> levels, List<Cid> links) {
        if (!links.isEmpty()) levels.push(new Level(links.iterator(), links.size()));
        return links.size();
    }

    /// Keeps a block.
    ///
    /// @return the links that are to be followed from it
    private List<Cid> visit(Root root, Cid cid) throws IOException {
        boolean known = Codec.of(cid.codec()).isPresent();
        if (known && !Links.isLeaf(cid.codec()))
            return keep(root, cid) ? links(root, cid) : List.of();
        if (keep(root, leaf(cid)) && !known)
            listener.odd(root, cid, "links of codec " + cid.codec() + " can't be read");
        return List.of();
    }

    /// A block as one without links. All such codecs are met as one: else a block that is linked to
    /// under a million of them would take as many entries.
    private static Cid leaf(Cid cid) {
        return Cid.v1(Multicodec.RAW, cid.hash());
    }

    /// @return whether the block is met for the first time
    private boolean keep(Root root, Cid cid) throws IOException {
        if (IdentityBlocks.isIdentity(cid)) return true;
        return switch (collection.keep(cid)) {
            case ABSENT -> throw new MissingBlockException(cid);
            case AGAIN -> false;
            case FIRST -> {
                listener.marked(++marked);
                listener.kept(root, cid);
                yield true;
            }
        };
    }

    /// The links of a block; of a malformed one those before the place where it is.
    private List<Cid> links(Root root, Cid cid) throws IOException {
        Block block = source.get(cid).orElseThrow(() -> new MissingBlockException(cid));
        List<Cid> links = new ArrayList<>();
        try {
            Links.forEach(block, (to, path) -> links.add(to));
        } catch (DagException e) {
            listener.odd(root, cid, e.getMessage());
        }
        return links;
    }
}
