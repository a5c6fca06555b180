package cairn.dag.exporter;

import cairn.multiformats.Cid;
import java.io.IOException;

/// A way to fetch the block that a CID names. Safe for use by many threads at once.
///
/// @param <T> what it comes as
interface Fetching<T> {
    /// Fetches a block.
    ///
    /// @param claim how many bytes it is said to have
    T fetch(Cid cid, int claim) throws IOException;

    /// How many bytes the block has.
    int size(T fetched);

    /// Lets go of a block that nobody will take.
    void drop(T fetched);
}
