package cairn.dag.walk;

import cairn.dag.BlockSource;
import cairn.dag.DagException;
import cairn.dag.MissingBlockException;
import cairn.dag.codec.Links;
import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/// Where a walk, depth first, stands: the links of each node from the root down that are still to
/// be walked.
///
/// **Limits:** 1024 levels, 500,000 links held in all (about 50 MB).
final class LinkStack {
    static final int MAX_DEPTH = 1024;
    static final int MAX_LINKS = 500_000;

    private record Level(Iterator<Edge> edges, int size) {}

    private final BlockSource source;
    private final Cid root;
    private final ArrayDeque<Level> levels = new ArrayDeque<>();
    private int held;

    LinkStack(BlockSource source, Cid root) {
        this.source = source;
        this.root = root;
    }

    /// Goes down to the links of a node.
    void push(List<Edge> links) throws DagException {
        if (links.isEmpty()) return;
        levels.push(new Level(links.iterator(), links.size()));
        held += links.size();
        if (levels.size() > MAX_DEPTH || held > MAX_LINKS)
            throw new DagException(
                    "the DAG below "
                            + root
                            + " is too deep to walk: at most "
                            + MAX_DEPTH
                            + " levels and "
                            + MAX_LINKS
                            + " links above one another");
    }

    /// The next edge; goes up where a node has no more. [#depth] is the edge's when it returns.
    Optional<Edge> next() {
        while (!levels.isEmpty()) {
            if (levels.peek().edges.hasNext()) return Optional.of(levels.peek().edges.next());
            held -= levels.pop().size;
        }
        return Optional.empty();
    }

    /// How many levels below the root the last edge leads; 1 for the root's own links.
    int depth() {
        return levels.size();
    }

    /// The links of a block, read by its codec. A block of a codec without links, such as raw, must
    /// be there, and isn't read.
    List<Edge> links(Cid cid) throws IOException {
        if (Links.isLeaf(cid.codec())) {
            if (!source.has(cid)) throw new MissingBlockException(cid);
            return List.of();
        }
        Block block = source.get(cid).orElseThrow(() -> new MissingBlockException(cid));
        List<Edge> edges = new ArrayList<>();
        Links.forEach(block, (to, path) -> edges.add(new Edge(cid, path.name(), to)));
        return edges;
    }
}
