package cairn.dag.exporter;

import cairn.dag.Mtime;
import cairn.multiformats.Cid;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// A node of UnixFS that a path can name: a file, a directory or a symbolic link.
public sealed interface UnixFsNode permits UnixFsFile, UnixFsDirectory, UnixFsSymlink {
    Cid cid();

    /// POSIX permissions, the set-id and sticky bits; other bits may be set and mean nothing.
    OptionalInt mode();

    Optional<Mtime> mtime();

    /// What the node links to, unnamed parts of a file too, as it is written there; empty for a raw
    /// block that was not read.
    List<DirectoryEntry> links();

    /// The bytes of all blocks from here on, duplicates counted, as the node claims; at most
    /// [Long#MAX_VALUE].
    long cumulativeSize();
}
