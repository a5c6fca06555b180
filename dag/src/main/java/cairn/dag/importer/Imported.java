package cairn.dag.importer;

import cairn.dag.LinkName;
import cairn.multiformats.Cid;

/// An entry that was imported.
///
/// @param path the names from the source down, joined by `/`; empty for a stream without a name
///   (where Kubo prints the CID) and for a wrapping directory
/// @param kind what it is
/// @param size the bytes of all its blocks, duplicates counted: the tsize of a link to it
public record Imported(LinkName path, Kind kind, Cid cid, long size) {
    /// What an entry is.
    public enum Kind {
        FILE,
        DIRECTORY,
        SYMLINK
    }
}
