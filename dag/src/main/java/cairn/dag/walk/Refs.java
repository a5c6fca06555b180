package cairn.dag.walk;

import cairn.dag.BlockSource;
import cairn.dag.DagException;
import cairn.dag.IdentityBlocks;
import cairn.dag.MissingBlockException;
import cairn.dag.codec.Links;
import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Optional;

/// The edges below roots, depth first, in the order of links, each told once its destination was
/// found to be there.
///
/// One object remembers what it told, so that `unique` holds over several roots. Only then is
/// anything remembered: by what [Visited] takes, or, where the depth has a limit, with how deep it
/// was, 27 to 34 bytes for each distinct CID. Nodes are read a few ahead of the visitor. For one
/// thread.
///
/// **Limits:** those of [DagWalk]; with `unique` and a limit of depth 2,000,000 distinct CIDs.
public final class Refs {
    private final BlockSource source;
    private final RefsOptions options;
    private final Visited visited;

    /// How deep it was met, where the depth has a limit.
    private final CidDepths depths = new CidDepths(new SecureRandom());

    /// Edges that are remembered on the heap.
    public Refs(BlockSource source, RefsOptions options) {
        this(source, options, Visited.onHeap());
    }

    public Refs(BlockSource source, RefsOptions options, Visited visited) {
        this.source = IdentityBlocks.over(source);
        this.options = options;
        this.visited = visited;
    }

    /// What [#forEach] calls.
    @FunctionalInterface
    public interface Visitor {
        /// An edge whose destination is there.
        ///
        /// @return whether to go on
        boolean visit(Edge edge) throws IOException;

        /// An edge whose destination was read, as its codec has links.
        ///
        /// @return whether to go on
        default boolean visit(Edge edge, Block destination) throws IOException {
            return visit(edge);
        }

        /// The block that an edge leads to isn't there. When this returns, the walk goes on beside
        /// it.
        default void missing(Edge edge) throws IOException {
            throw new MissingBlockException(edge.destination());
        }
    }

    /// Visits the edges below a root until the visitor returns false.
    ///
    /// @throws DagException when a block is missing and the visitor minds, malformed, of a codec
    ///   whose links can't be read, or too deep below the root; the root itself is never optional
    /// @throws java.io.InterruptedIOException when the thread is interrupted
    public void forEach(Cid root, Visitor visitor) throws IOException {
        if (!Frontier.isRead(root)) {
            checkLeaf(root);
            return;
        }
        try (Frontier frontier =
                new Frontier(source, this::isNeedless, root, Frontier.Terms.NAMED)) {
            Block block = frontier.read(root).orElseThrow(() -> new MissingBlockException(root));
            frontier.push(root, 0, links(frontier, block));
            boolean more = true;
            while (more && frontier.next()) more = visit(frontier, visitor);
        }
    }

    private void checkLeaf(Cid cid) throws IOException {
        if (!source.has(cid)) throw new MissingBlockException(cid);
        if (!Links.isLeaf(cid.codec())) throw Links.unknown(cid);
    }

    private boolean isNeedless(Cid cid, int depth) throws IOException {
        if (isLast(depth)) return true;
        if (!options.unique()) return false;
        return limited() ? depths.get(cid) != CidDepths.ABSENT : visited.contains(cid);
    }

    private boolean visit(Frontier frontier, Visitor visitor) throws IOException {
        Cid to = frontier.destination();
        int depth = frontier.depth();
        if (limited() && depth > options.maxDepth()) return true;
        Seen seen = options.unique() ? see(to, depth) : Seen.NEVER;
        if (seen == Seen.ALL) {
            frontier.skip(to);
            return true;
        }
        boolean first = seen == Seen.NEVER;
        Edge edge = frontier.edge();
        boolean walked = Frontier.isRead(to) && !isLast(depth);
        return walked
                ? visitNode(frontier, edge, depth, first, visitor)
                : visitEnd(edge, first, visitor);
    }

    /// What was seen of a destination before.
    private enum Seen {
        NEVER,
        /// It was told, but may have been too deep for what is below it.
        DEEPER,
        ALL
    }

    private Seen see(Cid to, int depth) throws IOException {
        if (!limited())
            return switch (visited.meet(to)) {
                case AGAIN -> Seen.ALL;
                case FIRST, FIRST_AND_THERE, ABSENT -> Seen.NEVER;
            };
        int before = depths.get(to);
        if (before != CidDepths.ABSENT && before <= depth) return Seen.ALL;
        depths.put(to, depth);
        return before == CidDepths.ABSENT ? Seen.NEVER : Seen.DEEPER;
    }

    /// An edge to what isn't walked.
    private boolean visitEnd(Edge edge, boolean first, Visitor visitor) throws IOException {
        Cid to = edge.destination();
        if (!source.has(to)) {
            visitor.missing(edge);
            return true;
        }
        if (!Links.isLeaf(to.codec()) && !Frontier.isRead(to)) throw Links.unknown(to);
        return !first || visitor.visit(edge);
    }

    private static boolean visitNode(
            Frontier frontier, Edge edge, int depth, boolean first, Visitor visitor)
            throws IOException {
        Optional<Block> block = frontier.read(edge.destination());
        if (block.isEmpty()) {
            visitor.missing(edge);
            return true;
        }
        LinkList below = links(frontier, block.get());
        boolean more = !first || visitor.visit(edge, block.get());
        if (more) frontier.push(edge.destination(), depth, below);
        return more;
    }

    private static LinkList links(Frontier frontier, Block block) throws IOException {
        LinkList links = frontier.links(block);
        if (links.fault().isPresent()) throw links.fault().get();
        return links;
    }

    /// Whether nothing is walked below this depth.
    private boolean isLast(int depth) {
        return limited() && depth >= options.maxDepth();
    }

    private boolean limited() {
        return options.maxDepth() >= 0;
    }
}
