package cairn.dag.tree;

import java.io.IOException;
import java.nio.file.Path;

/// Takes what a walk finds, in order: entries of a folder between its [#enter] and its [#leave],
/// sorted by the bytes of their names.
public interface TreeVisitor {
    /// A regular file.
    void file(FoundEntry file) throws IOException, InterruptedException;

    /// A symbolic link that isn't followed.
    void symlink(FoundEntry link) throws IOException, InterruptedException;

    /// A folder that could be listed.
    void enter(FoundEntry folder) throws IOException, InterruptedException;

    /// The end of the folder that was entered last.
    void leave() throws IOException, InterruptedException;

    /// What couldn't be read, or may not be in a tree. The walk goes on behind it.
    ///
    /// @param reason a few words
    void unreadable(Path path, String reason) throws IOException, InterruptedException;
}
