package cairn.dag.exporter;

import cairn.dag.LinkName;
import cairn.dag.PbLink;
import cairn.multiformats.Cid;

/// An entry of a directory, as the directory itself tells it: what it names was not looked at.
///
/// @param name any bytes, hostile ones too; empty for the parts of a file
/// @param tsize the bytes of all blocks below, as the directory claims; nothing may rest on it
public record DirectoryEntry(LinkName name, Cid cid, long tsize) {
    static DirectoryEntry of(PbLink link) {
        return new DirectoryEntry(link.name(), link.cid(), link.tsize());
    }
}
