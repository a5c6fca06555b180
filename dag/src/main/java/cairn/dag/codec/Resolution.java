package cairn.dag.codec;

import cairn.dag.LinkName;
import cairn.multiformats.Cid;
import java.util.List;

/// Where a path leads: the last block on it, and the way from that block's begin to a value within
/// it.
///
/// @param rest none where the path leads to the whole block
public record Resolution(Cid cid, List<LinkName> rest) {
    public Resolution {
        rest = List.copyOf(rest);
    }

    /// The CID and the rest with slashes between, as `dag resolve` prints it; what can't be printed
    /// is escaped.
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder(cid.toString());
        for (LinkName name : rest) out.append('/').append(name.escaped());
        return out.toString();
    }
}
