package cairn.dag.walk;

import cairn.dag.BlockSource;
import cairn.dag.IdentityBlocks;
import cairn.multiformats.Cid;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.List;

/// All blocks below roots, each visited once. What pinning rests on: a walk that returns has found
/// every block. Blocks of codecs without links, such as raw, are only asked for, not read.
///
/// One object remembers what it visited, over several roots: 27 to 34 bytes for each distinct
/// block. For one thread.
public final class DagWalk {
    private final BlockSource source;
    private final CidDepths seen = new CidDepths(new SecureRandom());

    public DagWalk(BlockSource source) {
        this.source = IdentityBlocks.over(source);
    }

    /// What [#forEach] calls.
    @FunctionalInterface
    public interface Visitor {
        /// @return whether to go on
        boolean visit(Cid cid) throws IOException;
    }

    /// Visits the root and all below it, parents first, until the visitor returns false. Blocks
    /// that the object has visited before are passed over with all that is below them.
    ///
    /// @throws cairn.dag.MissingBlockException when a block is not there; it names it
    /// @throws cairn.dag.DagException when a block is malformed, or of a codec whose links can't be
    ///   read, or too deep (1024 levels)
    public void forEach(Cid root, Visitor visitor) throws IOException {
        if (isSeen(root)) return;
        LinkStack stack = new LinkStack(source, root);
        List<Edge> links = stack.links(root);
        if (!visitor.visit(root)) return;
        stack.push(links);
        for (var next = stack.next(); next.isPresent(); next = stack.next()) {
            Cid cid = next.get().destination();
            if (isSeen(cid)) continue;
            List<Edge> below = stack.links(cid);
            if (!visitor.visit(cid)) return;
            stack.push(below);
        }
    }

    /// Whether a CID was met before; from now on it was.
    private boolean isSeen(Cid cid) {
        return seen.put(cid, 0) != CidDepths.ABSENT;
    }
}
