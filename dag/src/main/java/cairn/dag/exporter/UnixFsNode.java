package cairn.dag.exporter;

import cairn.dag.Mtime;
import cairn.dag.PbLink;
import cairn.dag.UnixFs;
import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// A node of UnixFS that a path can name: a file, a directory or a symbolic link.
public abstract sealed class UnixFsNode permits UnixFsFile, UnixFsDirectory, UnixFsSymlink {
    /// What is known of a node of any kind.
    record NodeInfo(
            Cid cid, int blockSize, List<PbLink> links, OptionalInt mode, Optional<Mtime> mtime) {
        static NodeInfo of(Block block, List<PbLink> links, UnixFs data) {
            return new NodeInfo(block.cid(), block.size(), links, data.mode(), data.mtime());
        }

        /// @param blockSize 0 when it was not read
        static NodeInfo raw(Cid cid, int blockSize) {
            return new NodeInfo(cid, blockSize, List.of(), OptionalInt.empty(), Optional.empty());
        }
    }

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
        return info.links.stream().map(DirectoryEntry::of).toList();
    }

    /// The bytes of all blocks from here on, duplicates counted, as the node claims; at most
    /// [Long#MAX_VALUE].
    public long cumulativeSize() {
        long sum = info.blockSize;
        for (PbLink link : info.links) {
            sum += link.tsize();
            if (sum < 0) return Long.MAX_VALUE;
        }
        return sum;
    }
}
