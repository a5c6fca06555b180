package cairn.dag.tree;

import java.io.IOException;
import java.util.Optional;

/// Trees that come in one after another, as a client sends them: an entry at a time, in any order
/// within a tree.
@FunctionalInterface
public interface TreeStream {
    /// The next entry; empty after the last.
    Optional<TreeEntry> next() throws IOException;
}
