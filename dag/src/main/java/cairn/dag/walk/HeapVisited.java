package cairn.dag.walk;

import cairn.dag.DagException;
import cairn.multiformats.Cid;
import java.security.SecureRandom;

/// CIDs that were met, remembered on the heap.
final class HeapVisited implements Visited {
    private final CidDepths met = new CidDepths(new SecureRandom());

    @Override
    public Meeting meet(Cid cid) throws DagException {
        return met.put(cid, 0) == CidDepths.ABSENT ? Meeting.FIRST : Meeting.AGAIN;
    }

    @Override
    public boolean contains(Cid cid) {
        return met.get(cid) != CidDepths.ABSENT;
    }
}
