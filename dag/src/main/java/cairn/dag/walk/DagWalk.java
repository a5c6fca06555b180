package cairn.dag.walk;

import cairn.dag.BlockSource;
import cairn.dag.DagException;
import cairn.dag.IdentityBlocks;
import cairn.dag.MissingBlockException;
import cairn.dag.codec.Links;
import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import java.io.IOException;
import java.util.Optional;

/// All blocks below roots, each visited once, depth first, parents first, in the order of links.
/// What pins, collections, exports and checks rest on: a walk that returns has found every block,
/// or told its visitor which it didn't.
///
/// Blocks of codecs without links, such as raw, are only asked for, not read. Others are read a few
/// ahead of the visitor, and no more once the walk ends. For one thread.
///
/// **Limits:** 100,000 blocks with links left above one another, some 50 MB whatever the DAG, and
/// what [Visited] takes.
public final class DagWalk {
    private final BlockSource source;
    private final Visited visited;

    /// A walk that remembers what it met on the heap.
    public DagWalk(BlockSource source) {
        this(source, Visited.onHeap());
    }

    public DagWalk(BlockSource source, Visited visited) {
        this.source = IdentityBlocks.over(source);
        this.visited = visited;
    }

    /// What [#forEach] calls.
    @FunctionalInterface
    public interface Visitor {
        /// A block that is there.
        ///
        /// @return whether to go on
        boolean visit(Cid cid) throws IOException;

        /// A block that is there and was read, as its codec has links.
        ///
        /// @return whether to go on
        default boolean visit(Block block) throws IOException {
            return visit(block.cid());
        }

        /// A block isn't there. When this returns, the walk goes on beside it.
        default void missing(Cid cid) throws IOException {
            throw new MissingBlockException(cid);
        }

        /// A block is malformed, or of a codec whose links can't be read. When this returns, it is
        /// visited, with the links that were read before the place where it is malformed.
        default void unreadable(Cid cid, DagException why) throws IOException {
            throw why;
        }
    }

    /// Visits the root and all below it until the visitor returns false. Blocks that were met
    /// before are passed over with all that is below them.
    ///
    /// @throws MissingBlockException when a block is not there and the visitor minds; it names it
    /// @throws DagException when a block is malformed or of a codec whose links can't be read and
    ///   the visitor minds, or the DAG is too deep
    /// @throws java.io.InterruptedIOException when the thread is interrupted
    public void forEach(Cid root, Visitor visitor) throws IOException {
        try (Frontier frontier =
                new Frontier(
                        source, (cid, _) -> visited.contains(cid), root, Frontier.Terms.BARE)) {
            boolean more = visit(frontier, root, 0, visitor);
            while (more && frontier.next())
                more = visit(frontier, frontier.destination(), frontier.depth(), visitor);
        }
    }

    private boolean visit(Frontier frontier, Cid cid, int depth, Visitor visitor)
            throws IOException {
        switch (visited.meet(cid)) {
            case AGAIN -> {
                return true;
            }
            case ABSENT -> {
                frontier.skip(cid);
                visitor.missing(cid);
                return true;
            }
            case FIRST -> {
                if (!Frontier.isRead(cid) && !source.has(cid)) {
                    visitor.missing(cid);
                    return true;
                }
            }
            case FIRST_AND_THERE -> {}
        }
        return Frontier.isRead(cid)
                ? visitNode(frontier, cid, depth, visitor)
                : visitLeaf(cid, visitor);
    }

    private static boolean visitLeaf(Cid cid, Visitor visitor) throws IOException {
        if (!Links.isLeaf(cid.codec())) visitor.unreadable(cid, Links.unknown(cid));
        return visitor.visit(cid);
    }

    private static boolean visitNode(Frontier frontier, Cid cid, int depth, Visitor visitor)
            throws IOException {
        Optional<Block> block = frontier.read(cid);
        if (block.isEmpty()) {
            visitor.missing(cid);
            return true;
        }
        LinkList links = frontier.links(block.get());
        if (links.fault().isPresent()) visitor.unreadable(cid, links.fault().get());
        boolean more = visitor.visit(block.get());
        if (more) frontier.push(cid, depth, links);
        return more;
    }
}
