package cairn.dag.importer;

import cairn.multiformats.Cid;

/// A node that was written, as its parent needs to know it.
///
/// @param size the bytes of its block and all below, duplicates counted
/// @param fileSize the bytes of the file below it; 0 for what is no file
record Node(Cid cid, long size, long fileSize) {}
