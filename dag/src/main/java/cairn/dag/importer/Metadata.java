package cairn.dag.importer;

import cairn.dag.Mtime;
import cairn.dag.UnixFs;
import java.util.Optional;
import java.util.OptionalInt;

/// The mode and modification time that an entry's root node gets.
record Metadata(OptionalInt mode, Optional<Mtime> mtime) {
    static final Metadata NONE = new Metadata(OptionalInt.empty(), Optional.empty());

    UnixFs on(UnixFs node) {
        return node.withMetadata(mode, mtime);
    }
}
