package cairn.dag.exporter;

import cairn.dag.DagException;
import cairn.dag.LinkName;
import cairn.dag.PbNode;
import cairn.dag.UnixFs;
import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import cairn.multiformats.MalformedException;
import cairn.multiformats.Multicodec;
import java.util.Optional;

/// Tells what a block is in UnixFS.
final class Nodes {
    private Nodes() {}

    static UnixFsNode of(Block block, BlockFetcher fetcher) throws DagException {
        if (block.cid().codec().equals(Multicodec.RAW))
            return new UnixFsFile(
                    fetcher,
                    UnixFsNode.NodeInfo.raw(block.cid(), block.size()),
                    FilePart.raw(block));
        PbNode node = decode(block);
        UnixFs data = unixFs(block.cid(), node);
        UnixFsNode.NodeInfo info = UnixFsNode.NodeInfo.of(block, node.links(), data);
        return switch (data.type()) {
            case FILE, RAW -> new UnixFsFile(fetcher, info, FilePart.of(block.cid(), node, data));
            case DIRECTORY -> new UnixFsDirectory(fetcher, info, Optional.empty());
            case HAMT_SHARD ->
                    new UnixFsDirectory(
                            fetcher, info, Optional.of(Shard.root(block.cid(), node, data)));
            case SYMLINK ->
                    new UnixFsSymlink(info, data.data().map(LinkName::of).orElse(LinkName.EMPTY));
            case METADATA ->
                    throw new DagException(
                            block.cid() + " is UnixFS metadata, which is not supported");
        };
    }

    /// The file that a raw block is, before it was read.
    static UnixFsFile unread(DirectoryEntry entry, BlockFetcher fetcher) {
        return new UnixFsFile(
                fetcher,
                UnixFsNode.NodeInfo.raw(entry.cid(), 0),
                FilePart.unread(entry.cid(), entry.tsize()));
    }

    static PbNode decode(Block block) throws DagException {
        Cid cid = block.cid();
        if (!cid.codec().equals(Multicodec.DAG_PB))
            throw new DagException(
                    cid
                            + " has codec 0x"
                            + Long.toHexString(cid.codec().code())
                            + "; UnixFS is made of dag-pb (0x70) and raw (0x55)");
        try {
            return PbNode.decode(block.data());
        } catch (MalformedException e) {
            throw new DagException(cid + " is malformed: " + e.getMessage(), e);
        }
    }

    static UnixFs unixFs(Cid cid, PbNode node) throws DagException {
        try {
            return UnixFs.decode(
                    node.data()
                            .orElseThrow(() -> new DagException(cid + " is no UnixFS: no data")));
        } catch (MalformedException e) {
            throw new DagException(cid + " is no UnixFS: " + e.getMessage(), e);
        }
    }
}
