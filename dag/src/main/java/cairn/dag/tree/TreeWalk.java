package cairn.dag.tree;

import cairn.dag.LinkName;
import cairn.dag.PathBytes;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/// Walks folders, depth first, entries in the order of their names' bytes. What it can't read it
/// tells, and goes on. Used by one thread.
public final class TreeWalk {
    /// The deepest nesting of folders.
    public static final int MAX_DEPTH = 1024;

    /// What the entries of the folders that a walk is inside of may weigh together: their names
    /// and, as they come, their links. About 500,000 entries.
    public static final long MAX_HELD_BYTES = 56 << 20;

    /// What an entry weighs beyond its name.
    public static final int ENTRY_BYTES = 100;

    private final TreeOptions tree;
    private final TreeVisitor visitor;

    private long held;

    public TreeWalk(TreeOptions tree, TreeVisitor visitor) {
        this.tree = tree;
        this.visitor = visitor;
    }

    /// A folder that is walked.
    private static final class Open {
        final FoundEntry folder;
        final LinkName[] names;
        final long weight;
        int next;

        Open(FoundEntry folder, LinkName[] names) {
            this.folder = folder;
            this.names = names;
            weight = weight(names);
        }
    }

    /// Walks a path and all below it.
    ///
    /// @param name that it goes by
    /// @param top whether the path is the root of a tree, which may be empty
    public void walk(Path path, LinkName name, boolean top)
            throws IOException, InterruptedException {
        Deque<Open> open = new ArrayDeque<>();
        visit(path, name, open, top);
        while (!open.isEmpty()) {
            Open folder = open.peek();
            if (folder.next == folder.names.length) {
                open.pop();
                held -= folder.weight;
                visitor.leave();
                continue;
            }
            LinkName entry = folder.names[folder.next];
            folder.names[folder.next++] = null;
            visit(PathBytes.resolve(folder.folder.path(), entry), entry, open, false);
        }
    }

    private void visit(Path path, LinkName name, Deque<Open> open, boolean top)
            throws IOException, InterruptedException {
        boolean follows = tree.dereferenceSymlinks();
        BasicFileAttributes found;
        try {
            found =
                    Files.readAttributes(
                            path, BasicFileAttributes.class, FoundEntry.links(follows));
        } catch (IOException e) {
            visitor.unreadable(path, ReadFailures.reason(e));
            return;
        }
        FoundEntry entry = new FoundEntry(path, name, found, follows);
        if (found.isRegularFile()) visitor.file(entry);
        else if (found.isDirectory()) enter(entry, open, top);
        else if (found.isSymbolicLink()) visitor.symlink(entry);
        else visitor.unreadable(path, "neither a file, a folder nor a symbolic link");
    }

    private void enter(FoundEntry entry, Deque<Open> open, boolean top)
            throws IOException, InterruptedException {
        Path path = entry.path();
        if (!tree.recursive()) {
            visitor.unreadable(path, "is a directory, use the '-r' flag to specify directories");
            return;
        }
        if (open.size() == MAX_DEPTH) {
            visitor.unreadable(path, "folders are nested deeper than " + MAX_DEPTH);
            return;
        }
        Object key = entry.attributes().fileKey();
        if (key != null
                && open.stream()
                        .anyMatch(above -> key.equals(above.folder.attributes().fileKey()))) {
            visitor.unreadable(path, "symbolic links lead in a circle");
            return;
        }
        LinkName[] names;
        try {
            names = names(path);
        } catch (IOException e) {
            visitor.unreadable(path, ReadFailures.reason(e));
            return;
        }
        if (names.length == 0 && !tree.emptyDirectories() && !top) return;
        Open entered = new Open(entry, names);
        held += entered.weight;
        open.push(entered);
        visitor.enter(entry);
    }

    private LinkName[] names(Path folder) throws IOException {
        List<LinkName> names = new ArrayList<>();
        long room = MAX_HELD_BYTES - held;
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                LinkName name = PathBytes.name(entry);
                boolean hidden = name.byteAt(0) == '.' && !tree.hidden();
                if (hidden || tree.ignore().matches(name)) continue;
                names.add(name);
                room -= weight(name);
                if (room < 0)
                    throw new IOException(
                            "has more than "
                                    + names.size()
                                    + " entries, too many to sort in memory; put them into several"
                                    + " folders");
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        LinkName[] sorted = names.toArray(LinkName[]::new);
        Arrays.sort(sorted);
        return sorted;
    }

    private static long weight(LinkName... names) {
        long bytes = 0;
        for (LinkName name : names) bytes += ENTRY_BYTES + name.size();
        return bytes;
    }
}
