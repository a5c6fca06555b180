package cairn.dag.tree;

import cairn.dag.DagException;
import cairn.dag.LinkName;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// An entry of a tree that comes as a stream. Its path are the names from a root down, of which
/// folders needn't have come before. Every name is one that a file can have.
public sealed interface TreeEntry {
    /// The longest target of a symbolic link, in bytes: what Linux takes.
    int MAX_TARGET_BYTES = 4096;

    /// The deepest nesting of folders.
    int MAX_DEPTH = TreeWalk.MAX_DEPTH;

    /// A file.
    ///
    /// @param path empty for a root without a name
    /// @param content is read to its end before the next entry is asked for; it may end with a
    ///   [BrokenOffException]
    record File(List<LinkName> path, Metadata metadata, InputStream content) implements TreeEntry {
        public File {
            path = checked(path);
        }
    }

    /// A folder, which is so told of by itself: it may be empty, or have metadata.
    record Directory(List<LinkName> path, Metadata metadata) implements TreeEntry {
        public Directory {
            path = checked(path);
            if (path.isEmpty()) throw new IllegalArgumentException("a folder without a name");
        }
    }

    /// A symbolic link.
    record Symlink(List<LinkName> path, Metadata metadata, LinkName target) implements TreeEntry {
        public Symlink {
            path = checked(path);
            if (path.isEmpty()) throw new IllegalArgumentException("a link without a name");
            if (target.size() > MAX_TARGET_BYTES)
                throw new IllegalArgumentException("a target of " + target.size() + " bytes");
        }
    }

    /// What the sender of the tree couldn't read.
    ///
    /// @param source as the sender knows it
    /// @param reason a few words
    /// @param root whether it would have been the root of a tree, so that the one before is over
    record Unreadable(LinkName source, String reason, boolean root) implements TreeEntry {}

    /// The names of a path that are joined by `/`.
    ///
    /// @throws DagException when it can't be one within a tree: absolute, with an empty name, with
    ///   `.` or `..`, with a NUL, or nested too deep
    static List<LinkName> names(LinkName path) throws DagException {
        List<LinkName> names = new ArrayList<>();
        if (path.isEmpty()) return names;
        byte[] bytes = path.bytes();
        int start = 0;
        for (int i = 0; i <= bytes.length; i++) {
            if (i < bytes.length && bytes[i] != '/') continue;
            LinkName name = LinkName.of(Arrays.copyOfRange(bytes, start, i));
            if (!isName(name))
                throw new DagException(path.quoted() + " is no path within a folder");
            if (names.size() == MAX_DEPTH)
                throw new DagException("folders are nested deeper than " + MAX_DEPTH);
            names.add(name);
            start = i + 1;
        }
        return names;
    }

    private static boolean isName(LinkName name) {
        if (name.isEmpty()) return false;
        int dots = 0;
        for (int i = 0; i < name.size(); i++) {
            byte b = name.byteAt(i);
            if (b == 0 || b == '/') return false;
            if (b == '.') dots++;
        }
        return dots < name.size() || dots > 2;
    }

    private static List<LinkName> checked(List<LinkName> path) {
        for (LinkName name : path)
            if (!isName(name)) throw new IllegalArgumentException("no name: " + name.quoted());
        if (path.size() > MAX_DEPTH) throw new IllegalArgumentException("nested too deep");
        return List.copyOf(path);
    }
}
