package cairn.dag.exporter;

import cairn.dag.PbLink;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/// The entries of a directory of one node.
final class LinkCursor implements EntryCursor {
    private final Iterator<PbLink> links;

    LinkCursor(List<PbLink> links) {
        this.links = links.iterator();
    }

    @Override
    public Optional<DirectoryEntry> next() {
        if (!links.hasNext()) return Optional.empty();
        PbLink link = links.next();
        return Optional.of(new DirectoryEntry(link.name(), link.cid(), link.tsize()));
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
