package cairn.dag.exporter;

import cairn.dag.LinkName;

/// A symbolic link. Nothing in Cairn follows one.
public final class UnixFsSymlink extends UnixFsNode {
    private final LinkName target;

    UnixFsSymlink(NodeInfo info, LinkName target) {
        super(info);
        this.target = target;
    }

    /// Where it points: any bytes, hostile ones too.
    public LinkName target() {
        return target;
    }

    UnixFsFile asFile(BlockFetcher fetcher) {
        return new UnixFsFile(fetcher, info, FilePart.target(info.cid(), target));
    }
}
