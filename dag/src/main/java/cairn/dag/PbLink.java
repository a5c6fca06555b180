package cairn.dag;

import cairn.multiformats.Cid;

/// A link of a dag-pb node.
///
/// @param name [LinkName#EMPTY] where the node gives none
/// @param tsize the bytes of all blocks below, duplicates counted, as its writer claims: a hint
///   that nothing may rest on; 0 where the node gives none
public record PbLink(Cid cid, LinkName name, long tsize) {
    public PbLink {
        if (tsize < 0) throw new IllegalArgumentException("negative tsize " + tsize);
    }
}
