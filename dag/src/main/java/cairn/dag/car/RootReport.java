package cairn.dag.car;

import cairn.multiformats.Cid;
import java.util.List;

/// What roots lack.
///
/// @param missingRoots whose own block is not there
/// @param missing how many blocks are not there, the roots' included, each counted once
/// @param firstMissing the first of them, at most [#MAX_NAMED]
/// @param faults roots whose walk ended before it saw all
public record RootReport(
        List<Cid> missingRoots, long missing, List<Cid> firstMissing, List<Fault> faults) {
    /// The most missing blocks that are named.
    public static final int MAX_NAMED = 100;

    /// A root below which a block is malformed, of a codec whose links can't be read, or too deep.
    ///
    /// @param why names the block
    public record Fault(Cid root, String why) {}

    public RootReport {
        missingRoots = List.copyOf(missingRoots);
        firstMissing = List.copyOf(firstMissing);
        faults = List.copyOf(faults);
    }

    /// Whether everything below all roots is there.
    public boolean isWhole() {
        return missing == 0 && faults.isEmpty();
    }
}
