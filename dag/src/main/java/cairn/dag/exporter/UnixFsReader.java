package cairn.dag.exporter;

import cairn.dag.BlockSource;
import cairn.dag.DagException;
import cairn.dag.LinkName;
import cairn.dag.MissingBlockException;
import cairn.dag.PbLink;
import cairn.dag.PbNode;
import cairn.dag.path.DagPath;
import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import cairn.multiformats.Multicodec;
import java.io.IOException;
import java.util.Optional;

/// Reads files, directories and symbolic links from the blocks of a source.
///
/// Nothing that blocks say is trusted: lengths, depths and sizes are bounded and checked, and what
/// doesn't fit is a [DagException] that names the block. Safe for use by many threads at once.
/// Closing it stops reading ahead.
public final class UnixFsReader implements AutoCloseable {
    private final BlockFetcher fetcher;

    public UnixFsReader(BlockSource blocks, ReadAhead readAhead) {
        this.fetcher = new BlockFetcher(blocks, readAhead);
    }

    /// The CID that a path leads to. What it names is not read.
    ///
    /// @throws NoSuchLinkException when a name isn't there
    public Cid resolve(DagPath path) throws IOException {
        Cid at = path.root();
        for (LinkName name : path.names()) at = step(at, name, path);
        return at;
    }

    /// The node that a path leads to.
    public UnixFsNode open(DagPath path) throws IOException {
        Cid cid = resolve(path);
        try {
            return open(cid);
        } catch (MissingBlockException e) {
            throw e;
        } catch (DagException e) {
            if (path.names().isEmpty()) throw e;
            throw new DagException(path + ": " + e.getMessage(), e);
        }
    }

    /// The node that a CID names.
    public UnixFsNode open(Cid cid) throws IOException {
        return Nodes.of(fetcher.get(cid), fetcher);
    }

    /// The file that a path leads to. A symbolic link is read as a file that holds its target, as
    /// Kubo's `cat` shows it.
    ///
    /// @throws NotAFileException when it leads to a directory
    public UnixFsFile openFile(DagPath path) throws IOException {
        return switch (open(path)) {
            case UnixFsFile file -> file;
            case UnixFsDirectory directory ->
                    throw new NotAFileException("this dag node is a directory: " + path);
            case UnixFsSymlink link -> link.asFile(fetcher);
        };
    }

    private Cid step(Cid at, LinkName name, DagPath path) throws IOException {
        if (at.codec().equals(Multicodec.RAW))
            throw new NoSuchLinkException(
                    name, at, path, ": it is a raw block, which has no links");
        Block block = fetcher.get(at);
        PbNode node = Nodes.decode(block);
        if (node.data().isEmpty())
            return node.links().stream()
                    .filter(link -> link.name().equals(name))
                    .map(PbLink::cid)
                    .findFirst()
                    .orElseThrow(() -> new NoSuchLinkException(name, at, path, ""));
        return switch (Nodes.of(block, fetcher)) {
            case UnixFsDirectory directory -> {
                Optional<DirectoryEntry> entry = directory.find(name);
                yield entry.orElseThrow(() -> new NoSuchLinkException(name, at, path, "")).cid();
            }
            case UnixFsFile _ -> throw new NoSuchLinkException(name, at, path, ": it is a file");
            case UnixFsSymlink _ ->
                    throw new NoSuchLinkException(name, at, path, ": it is a symbolic link");
        };
    }

    @Override
    public void close() {
        fetcher.close();
    }
}
