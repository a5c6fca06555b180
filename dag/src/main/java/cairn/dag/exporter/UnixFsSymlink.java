package cairn.dag.exporter;

import cairn.dag.LinkName;
import cairn.dag.Mtime;
import cairn.multiformats.Cid;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// A symbolic link. Nothing in Cairn follows one.
public final class UnixFsSymlink implements UnixFsNode {
    private final NodeInfo info;
    private final LinkName target;

    UnixFsSymlink(NodeInfo info, LinkName target) {
        this.info = info;
        this.target = target;
    }

    /// Where it points: any bytes, hostile ones too.
    public LinkName target() {
        return target;
    }

    UnixFsFile asFile(BlockFetcher fetcher) {
        return new UnixFsFile(fetcher, info, FilePart.target(info.cid(), target));
    }

    @Override
    public Cid cid() {
        return info.cid();
    }

    @Override
    public OptionalInt mode() {
        return info.mode();
    }

    @Override
    public Optional<Mtime> mtime() {
        return info.mtime();
    }

    @Override
    public List<DirectoryEntry> links() {
        return info.entries();
    }

    @Override
    public long cumulativeSize() {
        return info.cumulativeSize();
    }
}
