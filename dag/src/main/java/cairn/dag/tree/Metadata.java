package cairn.dag.tree;

import cairn.dag.Mtime;
import cairn.dag.UnixFs;
import java.util.Optional;
import java.util.OptionalInt;

/// The mode and modification time that an entry's root node gets.
public record Metadata(OptionalInt mode, Optional<Mtime> mtime) {
    public static final Metadata NONE = new Metadata(OptionalInt.empty(), Optional.empty());

    /// The node with this in it.
    public UnixFs on(UnixFs node) {
        return node.withMetadata(mode, mtime);
    }
}
