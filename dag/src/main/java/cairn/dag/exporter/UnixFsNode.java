package cairn.dag.exporter;

import cairn.dag.Mtime;
import cairn.multiformats.Cid;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// A node of UnixFS that a path can name: a file, a directory or a symbolic link.
public abstract sealed class UnixFsNode permits UnixFsFile, UnixFsDirectory, UnixFsSymlink {
    final NodeInfo info;

    UnixFsNode(NodeInfo info) {
        this.info = info;
    }

    public Cid cid() {
        return info.cid();
    }

    /// POSIX permissions, the set-id and sticky bits; other bits may be set and mean nothing.
    public OptionalInt mode() {
        return info.mode();
    }

    public Optional<Mtime> mtime() {
        return info.mtime();
    }

    /// What the node links to, unnamed parts of a file too, as it is written there; empty for a raw
    /// block that was not read.
    public List<DirectoryEntry> links() {
        return info.entries();
    }

    /// The bytes of all blocks from here on, duplicates counted, as the node claims; at most
    /// [Long#MAX_VALUE].
    public long cumulativeSize() {
        return info.cumulativeSize();
    }
}
