package cairn.dag.car;

import cairn.multiformats.Cid;
import java.util.List;

/// What an import took out of an archive.
///
/// @param roots in the order of the header
/// @param blocks sections, each counted, also those whose CID is identity
/// @param bytes of the blocks
public record CarContents(List<Cid> roots, long blocks, long bytes) {
    public CarContents {
        roots = List.copyOf(roots);
    }
}
