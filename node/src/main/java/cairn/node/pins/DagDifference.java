package cairn.node.pins;

import cairn.dag.BlockSource;
import cairn.dag.DagException;
import cairn.dag.IdentityBlocks;
import cairn.dag.LinkName;
import cairn.dag.MissingBlockException;
import cairn.dag.codec.Links;
import cairn.dag.walk.DagWalk;
import cairn.dag.walk.Visited;
import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A walk over the part of a DAG that another one, which is whole, doesn't have in the same place.
/// Nodes in the same place are compared link by link; a link that both have is neither read nor
/// followed, and one that only the new node has is compared with the one that it replaces: the next
/// one under the same name, or without one, that only the old node has. For one thread.
final class DagDifference {
    /// Pairs of nodes still to be compared, about 20 MB: each is a change, so few are usual. Those
    /// beyond are walked instead.
    private static final int MAX_PAIRS = 100_000;

    private record Edge(Cid cid, LinkName name) {}

    private record Pair(Cid old, Cid now) {}

    private final BlockSource source;
    private final Visited visited;
    private final DagWalk walk;
    private final Deque<Pair> pairs = new ArrayDeque<>();

    DagDifference(BlockSource source, Visited visited) {
        this.source = IdentityBlocks.over(source);
        this.visited = visited;
        this.walk = new DagWalk(source, visited);
    }

    /// Meets every block below `now` that isn't below `old`, or is there in another place, and the
    /// uppermost of those that both have.
    ///
    /// @throws DagException as [DagWalk#forEach] does
    void walk(Cid old, Cid now) throws IOException {
        pairs.push(new Pair(old, now));
        while (!pairs.isEmpty()) compare(pairs.pop());
    }

    private void compare(Pair pair) throws IOException {
        if (Links.isLeaf(pair.now.codec()) || Links.isLeaf(pair.old.codec())) {
            walk.forEach(pair.now, _ -> true);
            return;
        }
        if (!meet(pair.now)) return;
        List<Edge> olds = links(pair.old);
        List<Edge> news = links(pair.now);
        Set<Cid> before = cids(olds);
        Map<LinkName, Deque<Cid>> replaced = replaced(olds, cids(news));
        for (Edge edge : news) {
            if (before.contains(edge.cid)) {
                meet(edge.cid); // all below it is here
                continue;
            }
            Deque<Cid> candidates = replaced.get(edge.name);
            Cid old = candidates == null ? null : candidates.poll();
            if (old == null || pairs.size() >= MAX_PAIRS) walk.forEach(edge.cid, _ -> true);
            else pairs.push(new Pair(old, edge.cid));
        }
    }

    /// @return whether it is met for the first time
    private boolean meet(Cid cid) throws IOException {
        return switch (visited.meet(cid)) {
            case AGAIN -> false;
            case ABSENT -> throw new MissingBlockException(cid);
            case FIRST, FIRST_AND_THERE -> true;
        };
    }

    private static Set<Cid> cids(List<Edge> edges) {
        Set<Cid> cids = new HashSet<>();
        for (Edge edge : edges) cids.add(edge.cid);
        return cids;
    }

    /// By their names, the old links that the new node doesn't have.
    private static Map<LinkName, Deque<Cid>> replaced(List<Edge> olds, Set<Cid> after) {
        Map<LinkName, Deque<Cid>> replaced = new HashMap<>();
        for (Edge edge : olds)
            if (!after.contains(edge.cid))
                replaced.computeIfAbsent(edge.name, _ -> new ArrayDeque<>()).add(edge.cid);
        return replaced;
    }

    private List<Edge> links(Cid cid) throws IOException {
        Block block = source.get(cid).orElseThrow(() -> new MissingBlockException(cid));
        List<Edge> links = new ArrayList<>();
        Links.forEach(block, (to, path) -> links.add(new Edge(to, path.name())));
        return links;
    }
}
