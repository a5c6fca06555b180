package cairn.dag.car;

import cairn.dag.BlockSource;
import cairn.dag.DagException;
import cairn.dag.IdentityBlocks;
import cairn.dag.walk.DagWalk;
import cairn.dag.walk.Visited;
import cairn.multiformats.Cid;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// Finds what is missing under roots: one walk over all of them, which meets each block once, also
/// over several calls. After one that found something missing, the next pass over that.
public final class RootCheck {
    private final BlockSource source;
    private final DagWalk walk;

    /// A check that remembers what it met on the heap.
    public RootCheck(BlockSource source) {
        this(source, Visited.onHeap());
    }

    public RootCheck(BlockSource source, Visited visited) {
        this.source = IdentityBlocks.over(source);
        this.walk = new DagWalk(source, visited);
    }

    /// Walks all that is below roots.
    ///
    /// @throws IOException when the source failed to tell
    public RootReport check(Collection<Cid> roots) throws IOException {
        Missing missing = new Missing();
        List<Cid> missingRoots = new ArrayList<>();
        List<RootReport.Fault> faults = new ArrayList<>();
        for (Cid root : roots) {
            if (!source.has(root)) missingRoots.add(root);
            try {
                walk.forEach(root, missing);
            } catch (DagException e) {
                faults.add(new RootReport.Fault(root, e.getMessage()));
            }
        }
        return new RootReport(missingRoots, missing.count, missing.first, faults);
    }

    private static final class Missing implements DagWalk.Visitor {
        private final List<Cid> first = new ArrayList<>();
        private long count;

        @Override
        public boolean visit(Cid found) {
            return true;
        }

        @Override
        public void missing(Cid cid) {
            count++;
            if (first.size() < RootReport.MAX_NAMED) first.add(cid);
        }
    }
}
