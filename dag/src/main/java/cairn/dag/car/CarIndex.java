package cairn.dag.car;

import cairn.multiformats.Multihash;
import java.io.IOException;

/// Where in an archive's payload the sections are whose CIDs have a multihash.
interface CarIndex {
    /// The most places that are told of one multihash; more would be copies of one block.
    int MAX_PLACES = 16;

    /// The offsets, counted from the payload's beginning, of sections that may have the multihash;
    /// none when the index knows of none.
    long[] find(Multihash hash) throws IOException;
}
