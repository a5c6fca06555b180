package cairn.dag.tree;

import cairn.dag.LinkName;
import java.io.InputStream;
import java.nio.file.Path;

/// What is imported: a path, or bytes from a stream.
public sealed interface ImportSource {
    /// A file, a folder or a symbolic link, under its own name.
    record OfPath(Path path) implements ImportSource {}

    /// The bytes of a stream, which the importer reads to its end and doesn't close.
    ///
    /// @param name [LinkName#EMPTY] when it has none; in a wrapping directory its CID is its name
    ///   then
    record OfStream(LinkName name, InputStream in) implements ImportSource {}

    static ImportSource path(Path path) {
        return new OfPath(path);
    }

    static ImportSource stream(LinkName name, InputStream in) {
        return new OfStream(name, in);
    }
}
