package cairn.dag.exporter;

/// An entry of a directory and the node that it names.
public record Child(DirectoryEntry entry, UnixFsNode node) {}
