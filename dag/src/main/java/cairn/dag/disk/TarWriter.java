package cairn.dag.disk;

import cairn.dag.LinkName;
import cairn.dag.exporter.UnixFsNode;
import java.io.IOException;
import java.io.OutputStream;

/// Writes a node and all below it as a TAR archive.
public final class TarWriter {
    private final WriteListener listener;

    public TarWriter(WriteListener listener) {
        this.listener = listener;
    }

    /// Writes a whole archive and leaves the stream open.
    ///
    /// @param name of the root in the archive: one name, no path
    public void write(UnixFsNode node, LinkName name, OutputStream out) throws IOException {
        listener.entry(node.cid());
        throw new IllegalStateException("not yet: " + name);
    }
}
