package cairn.dag.exporter;

import cairn.dag.PbLink;
import java.util.Iterator;
import java.util.Optional;

/// The entries of a directory of one node.
final class LinkCursor implements EntryCursor {
    private final Iterator<PbLink> links;
    private final long blockSize;

    LinkCursor(NodeInfo info) {
        links = info.links().iterator();
        blockSize = info.blockSize();
    }

    @Override
    public Optional<DirectoryEntry> next() {
        if (!links.hasNext()) return Optional.empty();
        PbLink link = links.next();
        return Optional.of(new DirectoryEntry(link.name(), link.cid(), link.tsize()));
    }

    @Override
    public long heldBytes() {
        return blockSize;
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
