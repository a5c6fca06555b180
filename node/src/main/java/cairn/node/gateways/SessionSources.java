package cairn.node.gateways;

import cairn.bitswap.client.Source;
import cairn.multiformats.Cid;
import java.io.Closeable;
import java.util.ArrayList;
import java.util.List;

/// The sources over HTTP of one session. Safe for many threads at once.
public final class SessionSources implements Closeable {
    private final List<Source> gateways;
    private final List<ArchiveSource> archives;

    SessionSources(List<Source> gateways, List<ArchiveSource> archives) {
        this.gateways = List.copyOf(gateways);
        this.archives = List.copyOf(archives);
    }

    /// All of them.
    public List<Source> all() {
        List<Source> all = new ArrayList<>(gateways);
        all.addAll(archives);
        return all;
    }

    /// Tells that the session reads a block, be it here already: what is below it may be in an
    /// archive with this root.
    public void meets(Cid cid) {
        for (ArchiveSource archive : archives) archive.meets(cid);
    }

    /// Nothing is wanted any more.
    @Override
    public void close() {
        archives.forEach(ArchiveSource::close);
    }
}
