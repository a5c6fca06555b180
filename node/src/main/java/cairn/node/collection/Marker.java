package cairn.node.collection;

import cairn.blockstore.rocks.GarbageCollection;
import cairn.dag.BlockSource;
import cairn.dag.DagException;
import cairn.dag.IdentityBlocks;
import cairn.dag.MissingBlockException;
import cairn.dag.codec.Codec;
import cairn.dag.codec.Links;
import cairn.dag.walk.DagWalk;
import cairn.dag.walk.Visited;
import cairn.multiformats.Cid;
import cairn.multiformats.Multicodec;
import java.io.IOException;

/// Tells a collection what to keep: roots, and where they say so all that can be reached from them.
///
/// What was met is remembered by the collection, in a few bits a block. For one thread.
final class Marker {
    private final GarbageCollection collection;
    private final CollectionListener listener;
    private final DagWalk walk;
    private long marked;

    Marker(GarbageCollection collection, BlockSource source, CollectionListener listener) {
        this.collection = collection;
        this.listener = listener;
        walk = new DagWalk(source, new Kept());
    }

    /// Keeps a root.
    ///
    /// @throws CollectionException when it can't be followed
    void mark(Root root) throws CollectionException {
        try {
            if (root.below()) walk.forEach(root.cid(), new Marked(root));
            else keep(root);
        } catch (IOException e) {
            throw new CollectionException(root, e);
        }
    }

    private void keep(Root root) throws IOException {
        if (meet(leaf(root.cid())) == Visited.Meeting.ABSENT)
            throw new MissingBlockException(root.cid());
        listener.kept(root, root.cid());
    }

    /// What the collection keeps is what the walk has met.
    private final class Kept implements Visited {
        @Override
        public Meeting meet(Cid cid) throws IOException {
            return Marker.this.meet(isRead(cid) ? cid : leaf(cid));
        }

        @Override
        public boolean contains(Cid cid) throws IOException {
            return collection.isKept(cid);
        }
    }

    private Visited.Meeting meet(Cid cid) throws IOException {
        if (IdentityBlocks.isIdentity(cid)) return Visited.Meeting.FIRST_AND_THERE;
        return switch (collection.keep(cid)) {
            case ABSENT -> Visited.Meeting.ABSENT;
            case AGAIN -> Visited.Meeting.AGAIN;
            case FIRST -> {
                listener.marked(++marked);
                yield Visited.Meeting.FIRST_AND_THERE;
            }
        };
    }

    /// A block as one without links. All such codecs are met as one: else a block that is linked to
    /// under a million of them would take as many entries.
    private static Cid leaf(Cid cid) {
        return Cid.v1(Multicodec.RAW, cid.hash());
    }

    private static boolean isRead(Cid cid) {
        return !Links.isLeaf(cid.codec()) && Codec.of(cid.codec()).isPresent();
    }

    /// What is odd is told, and kept with the links that could be read.
    private final class Marked implements DagWalk.Visitor {
        private final Root root;

        Marked(Root root) {
            this.root = root;
        }

        @Override
        public boolean visit(Cid cid) throws IOException {
            listener.kept(root, cid);
            return true;
        }

        @Override
        public void unreadable(Cid cid, DagException why) throws IOException {
            listener.odd(root, cid, why.getMessage());
        }
    }
}
