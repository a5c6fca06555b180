package cairn.dag.importer;

import cairn.dag.tree.Metadata;
import cairn.dag.PbLink;
import cairn.dag.PbNode;
import cairn.dag.UnixFs;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/// Writes a directory as one node, or as shards when it is too large for that.
final class DirectoryLayout {
    private final ImportOptions options;
    private final NodeWriter writer;

    DirectoryLayout(ImportOptions options, NodeWriter writer) {
        this.options = options;
        this.writer = writer;
    }

    /// A directory that was written.
    ///
    /// @param sharded whether it is in shards, whose order is that of the names' hashes
    record Written(Node node, boolean sharded) {}

    /// Writes a directory of entries, sorted by name, each name once.
    Written write(List<PbLink> entries, Metadata metadata) throws IOException {
        UnixFs data = metadata.on(UnixFs.of(UnixFs.Type.DIRECTORY));
        PbNode node = PbNode.of(entries, ByteBuffer.wrap(data.encode()));
        if (entries.isEmpty() || !isTooLarge(node))
            return new Written(writer.write(node, 0), false);
        return new Written(
                new HamtWriter(options.hamtFanout(), writer).write(entries, metadata), true);
    }

    private boolean isTooLarge(PbNode node) {
        int limit = options.maxDirectoryLinks();
        return (limit > 0 && node.links().size() > limit)
                || measure(node) > options.hamtThreshold();
    }

    private long measure(PbNode node) {
        return switch (options.hamtMeasure()) {
            case BLOCK -> node.encodedSize();
            case LINKS -> {
                long size = 0;
                for (PbLink link : node.links()) size += link.name().size() + link.cid().size();
                yield size;
            }
            case NONE -> 0;
        };
    }
}
