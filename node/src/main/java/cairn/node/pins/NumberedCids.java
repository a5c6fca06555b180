package cairn.node.pins;

import cairn.blockstore.rocks.NumberSet;
import cairn.multiformats.Cid;
import cairn.multiformats.Multicodec;
import java.util.HashMap;
import java.util.Map;

/// A set of CIDs of blocks that have sequence numbers in a store: a bit each. CIDs of one block
/// that differ in version or codec are told apart. For one thread.
final class NumberedCids {
    private record Kind(int version, Multicodec codec) {
        Kind(Cid cid) {
            this(cid.version(), cid.codec());
        }
    }

    private final Map<Kind, NumberSet> numbers = new HashMap<>();

    /// Adds a CID under its block's number.
    ///
    /// @return whether it was not there
    boolean add(Cid cid, long number) {
        return numbers.computeIfAbsent(new Kind(cid), _ -> new NumberSet()).add(number);
    }

    boolean contains(Cid cid, long number) {
        NumberSet same = numbers.get(new Kind(cid));
        return same != null && same.contains(number);
    }
}
