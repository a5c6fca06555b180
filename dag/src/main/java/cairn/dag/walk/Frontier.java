package cairn.dag.walk;

import cairn.dag.BlockSource;
import cairn.dag.DagException;
import cairn.dag.MissingBlockException;
import cairn.dag.codec.Codec;
import cairn.dag.codec.Links;
import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import cairn.multiformats.MalformedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Where a walk, depth first, stands: the links of each node from the root down that are still to
/// be walked. It reads the next blocks ahead.
///
/// A node whose last link is taken is forgotten at once, so a chain takes no memory however long it
/// is. Of nodes high above, only the place is kept when their links take too much; they are read
/// again when the walk comes back to them.
///
/// **Limits:** 100,000 nodes with links left above one another; 16 MiB of links and those of one
/// block; what [LookAhead] holds.
final class Frontier implements AutoCloseable {
    static final int MAX_LEVELS = 100_000;
    static final long MAX_LINK_BYTES = 16L << 20;

    private final Needless needless;
    private final Cid root;
    private final Terms terms;
    private final LookAhead ahead;
    private final List<Level> levels = new ArrayList<>();

    /// The levels below this one have lost their links.
    private int lowestWithLinks;

    private long linkBytes;

    private Cid node;
    private LinkList.Link link;
    private int depth;

    /// A node whose links are being walked.
    private static final class Level {
        final byte[] node;
        final int depth;

        /// Null when they were let go.
        LinkList links;

        int next;
        int ahead;

        Level(Cid node, int depth, LinkList links) {
            this.node = node.bytes();
            this.depth = depth;
            this.links = links;
        }
    }

    /// @param needless what needn't be read ahead
    Frontier(BlockSource source, Needless needless, Cid root, Terms terms) {
        this.needless = needless;
        this.root = root;
        this.terms = terms;
        ahead = new LookAhead(source);
    }

    /// @param named whether names of links are kept
    /// @param maxLinkBytes how much links may take before those of high nodes are let go
    record Terms(boolean named, long maxLinkBytes) {
        /// Links without names.
        static final Terms BARE = new Terms(false, MAX_LINK_BYTES);

        static final Terms NAMED = new Terms(true, MAX_LINK_BYTES);
    }

    /// Tells which blocks the walk won't read.
    @FunctionalInterface
    interface Needless {
        /// @param depth of the block below the root
        boolean test(Cid cid, int depth) throws IOException;
    }

    /// Whether blocks of a codec are read for their links. Others are leaves: of codecs without
    /// links, or unknown.
    static boolean isRead(Cid cid) {
        return !Links.isLeaf(cid.codec()) && Codec.of(cid.codec()).isPresent();
    }

    /// The block, empty when it isn't there.
    Optional<Block> read(Cid cid) throws IOException {
        return ahead.take(cid);
    }

    /// Says that a block won't be read, though it may have been read ahead.
    void skip(Cid cid) {
        ahead.forget(cid);
    }

    LinkList links(Block block) throws IOException {
        return LinkList.of(block, terms.named());
    }

    /// Goes down to the links of a node.
    ///
    /// @param at how deep the node is; 0 for the root
    void push(Cid cid, int at, LinkList links) throws DagException {
        if (links.bytes() == 0) return;
        if (levels.size() >= MAX_LEVELS)
            throw new DagException(
                    "the DAG below "
                            + root
                            + " is too deep to walk: at most "
                            + MAX_LEVELS
                            + " blocks with links left above one another");
        levels.add(new Level(cid, at, links));
        linkBytes += links.bytes();
        while (linkBytes > terms.maxLinkBytes() && lowestWithLinks < levels.size() - 1) {
            Level high = levels.get(lowestWithLinks++);
            linkBytes -= high.links.bytes();
            high.links = null;
        }
    }

    /// Goes to the next link; up, where a node has no more.
    ///
    /// @return whether there is one
    boolean next() throws IOException {
        if (levels.isEmpty()) return false;
        Level top = levels.getLast();
        if (top.links == null) reload(top);
        node = cid(top.node);
        link = top.links.at(top.next);
        depth = top.depth + 1;
        top.next = link.next();
        if (top.next == top.links.bytes()) {
            linkBytes -= top.links.bytes();
            levels.removeLast();
            lowestWithLinks = Math.min(lowestWithLinks, levels.size());
        } else readAhead(top);
        return true;
    }

    private void reload(Level level) throws IOException {
        Cid cid = cid(level.node);
        Block block = read(cid).orElseThrow(() -> new MissingBlockException(cid));
        level.links = links(block);
        lowestWithLinks = levels.size() - 1;
        linkBytes += level.links.bytes();
    }

    private void readAhead(Level level) throws IOException {
        level.ahead = Math.max(level.ahead, level.next);
        while (level.ahead < level.links.bytes() && ahead.hasRoom()) {
            LinkList.Link later = level.links.at(level.ahead);
            if (isRead(later.cid()) && !needless.test(later.cid(), level.depth + 1))
                ahead.begin(later.cid());
            level.ahead = later.next();
        }
    }

    private static Cid cid(byte[] bytes) {
        try {
            return Cid.of(bytes);
        } catch (MalformedException e) {
            throw new IllegalStateException("these were the bytes of a CID", e);
        }
    }

    /// The link that [#next] went to.
    Edge edge() {
        return new Edge(node, link.name(), link.cid());
    }

    /// Where the link leads.
    Cid destination() {
        return link.cid();
    }

    /// How many levels below the root the link leads; 1 for the root's own links.
    int depth() {
        return depth;
    }

    @Override
    public void close() {
        ahead.close();
    }
}
