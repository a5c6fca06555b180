package cairn.dag.importer;

import cairn.dag.tree.Metadata;
import java.io.IOException;

/// Builds a file's nodes above its leaves, which come one by one. Memory is bounded by depth times
/// links a node. For one thread.
interface FileLayout {
    /// Takes the next leaf.
    void add(Node leaf) throws IOException;

    /// Writes what is left, the root with the metadata.
    ///
    /// @return the root
    Node finish(Metadata metadata) throws IOException;

    static FileLayout of(ImportOptions options, NodeWriter writer) {
        return switch (options.layout()) {
            case BALANCED -> new BalancedLayout(options.maxFileLinks(), writer);
            case TRICKLE -> new TrickleLayout(options.maxFileLinks(), writer);
        };
    }
}
