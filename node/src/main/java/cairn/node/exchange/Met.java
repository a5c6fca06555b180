package cairn.node.exchange;

import cairn.dag.codec.Links;
import cairn.dag.walk.Visited;
import cairn.multiformats.Cid;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/// What a walk has met: all nodes, as far as [Visited] remembers them, and the leaves of a short
/// while. A node that is met again is walked again, with all below it, so none may be forgotten; a
/// leaf costs a look at most, and there are a hundred times as many.
///
/// For one thread. **Limit:** [#MOST_LEAVES] twice, some 100 bytes each.
final class Met {
    static final int MOST_LEAVES = 1 << 16;

    private final Visited nodes;
    private Set<Cid> leaves = new HashSet<>();
    private Set<Cid> leavesBefore = Set.of();

    Met(Visited nodes) {
        this.nodes = nodes;
    }

    /// Meets a CID.
    ///
    /// @return whether it is not known to have been met before
    boolean isNew(Cid cid) throws IOException {
        if (!Links.isLeaf(cid.codec())) return nodes.meet(cid) != Visited.Meeting.AGAIN;
        if (leavesBefore.contains(cid) || !leaves.add(cid)) return false;
        if (leaves.size() >= MOST_LEAVES) {
            leavesBefore = leaves;
            leaves = new HashSet<>();
        }
        return true;
    }
}
