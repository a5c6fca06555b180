package cairn.dag.walk;

import cairn.multiformats.Cid;
import java.io.IOException;

/// What a walk has met. It outlives single walks, so that what lies below several roots is walked
/// once. For one thread.
///
/// A store that numbers its blocks can remember them in a bit each, and tell in the same look-up
/// whether a block is there.
public interface Visited {
    /// What is known of a CID that a walk comes to.
    enum Meeting {
        /// It was met before.
        AGAIN,
        /// It is met for the first time; whether its block is there isn't known.
        FIRST,
        /// It is met for the first time, and its block is there.
        FIRST_AND_THERE,
        /// Its block isn't there.
        ABSENT
    }

    /// Meets a CID.
    Meeting meet(Cid cid) throws IOException;

    /// Whether a CID was met before. Asked for what is about to be read ahead, so an answer of
    /// false costs a needless read at most.
    boolean contains(Cid cid) throws IOException;

    /// Remembers CIDs on the heap: 27 to 34 bytes for each, and 2,000,000 of them at most.
    static Visited onHeap() {
        return new HeapVisited();
    }
}
