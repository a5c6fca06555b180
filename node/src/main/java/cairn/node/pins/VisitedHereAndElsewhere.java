package cairn.node.pins;

import cairn.dag.IdentityBlocks;
import cairn.dag.walk.Visited;
import cairn.multiformats.Cid;
import java.io.IOException;

/// What a walk has met which may come to blocks that aren't in the store: those that are take a bit
/// each, and others are remembered on the heap, so that what is missing is met once as well. For
/// one thread.
public final class VisitedHereAndElsewhere implements Visited {
    private final VisitedBlocks here;
    private final Visited elsewhere = Visited.onHeap();

    /// @param numbers of the blocks that are here
    public VisitedHereAndElsewhere(VisitedBlocks.Numbers numbers) {
        here = new VisitedBlocks(numbers);
    }

    @Override
    public Meeting meet(Cid cid) throws IOException {
        Meeting meeting = here.meet(cid);
        return switch (meeting) {
            case ABSENT -> elsewhere.meet(cid);
            case AGAIN, FIRST -> meeting;
            // It may have come here since it was met.
            case FIRST_AND_THERE -> elsewhere.contains(cid) ? Meeting.AGAIN : meeting;
        };
    }

    @Override
    public boolean contains(Cid cid) throws IOException {
        if (here.contains(cid)) return true;
        return !IdentityBlocks.isIdentity(cid) && elsewhere.contains(cid);
    }
}
