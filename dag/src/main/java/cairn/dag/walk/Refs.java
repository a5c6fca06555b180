package cairn.dag.walk;

import cairn.dag.BlockSource;
import cairn.dag.IdentityBlocks;
import cairn.multiformats.Cid;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.List;

/// The edges below roots, depth first, in the order of links, each told once its destination was
/// found to be there.
///
/// One object remembers what it told, so that `unique` holds over several roots. Only then is
/// anything remembered: 27 to 34 bytes for each distinct CID. For one thread.
public final class Refs {
    private final BlockSource source;
    private final RefsOptions options;
    private final CidDepths seen = new CidDepths(new SecureRandom());

    public Refs(BlockSource source, RefsOptions options) {
        this.source = IdentityBlocks.over(source);
        this.options = options;
    }

    /// What [#forEach] calls.
    @FunctionalInterface
    public interface Visitor {
        /// @return whether to go on
        boolean visit(Edge edge) throws IOException;
    }

    /// Visits the edges below a root until the visitor returns false.
    ///
    /// @throws cairn.dag.DagException when a block is missing, malformed, of a codec whose links
    ///   can't be read, or too deep below the root (1024 levels)
    public void forEach(Cid root, Visitor visitor) throws IOException {
        LinkStack stack = new LinkStack(source, root);
        stack.push(stack.links(root));
        for (var next = stack.next(); next.isPresent(); next = stack.next()) {
            Edge edge = next.get();
            boolean first = true;
            if (limited() && stack.depth() > options.maxDepth()) continue;
            if (options.unique()) {
                int before = seen.get(edge.destination());
                first = before == CidDepths.ABSENT;
                if (!first && (!limited() || before <= stack.depth())) continue;
                seen.put(edge.destination(), stack.depth());
            }
            List<Edge> below = stack.links(edge.destination());
            if (first && !visitor.visit(edge)) return;
            if (!limited() || stack.depth() < options.maxDepth()) stack.push(below);
        }
    }

    private boolean limited() {
        return options.maxDepth() >= 0;
    }
}
