package cairn.dag.disk;

import cairn.dag.DagException;
import cairn.dag.exporter.Child;
import cairn.dag.exporter.ChildCursor;
import cairn.dag.exporter.UnixFsDirectory;
import cairn.dag.exporter.UnixFsNode;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Optional;

/// Where a walk through a tree, depth first, stands: the directories from the root down whose
/// entries are still coming. For one thread.
///
/// **Limits:** 1024 directories in one another, whose nodes have 16 MiB together and 150,000 links
/// (decoded a link takes some 200 bytes, however few it has in its block); as many entries in all
/// as [EntryLimit] allows.
///
/// @param <D> what the walk needs to know of a directory
final class DirectoryStack<D> implements AutoCloseable {
    static final int MAX_DEPTH = 1024;
    static final long MAX_HELD_BYTES = 16 << 20;
    static final int MAX_HELD_LINKS = 150_000;

    private record Level<D>(UnixFsDirectory node, D directory, ChildCursor children) {}

    private final EntryLimit limit;
    private final ArrayDeque<Level<D>> levels = new ArrayDeque<>();

    /// What is held of the directories above the top one.
    private long heldAbove;

    private int linksAbove;

    DirectoryStack(UnixFsNode root) {
        limit = new EntryLimit(root);
    }

    /// Looks whether the walk may go down into a directory.
    void check(UnixFsDirectory node) throws DagException {
        if (levels.size() >= MAX_DEPTH)
            throw new DagException(
                    node.cid() + " is nested too deep: at most " + MAX_DEPTH + " directories");
    }

    /// Goes down into a directory.
    void push(UnixFsDirectory node, D directory) throws DagException {
        check(node);
        heldAbove += heldByTop();
        linksAbove += linksOfTop();
        levels.push(new Level<>(node, directory, node.children(true)));
        checkHeld();
    }

    private void checkHeld() throws DagException {
        if (heldAbove + heldByTop() > MAX_HELD_BYTES || linksAbove + linksOfTop() > MAX_HELD_LINKS)
            throw new DagException(
                    levels.peek().node.cid()
                            + " is nested too deep: at most "
                            + (MAX_HELD_BYTES >> 20)
                            + " MiB of directories in one another, and "
                            + MAX_HELD_LINKS
                            + " links");
    }

    private int linksOfTop() {
        return levels.isEmpty() ? 0 : levels.peek().children.heldLinks();
    }

    private long heldByTop() {
        return levels.isEmpty() ? 0 : levels.peek().children.heldBytes();
    }

    boolean isEmpty() {
        return levels.isEmpty();
    }

    /// The directory that the walk is in.
    D top() {
        return levels.element().directory;
    }

    /// The next entry of the directory that the walk is in; empty when it has no more.
    Optional<Child> next() throws IOException {
        Optional<Child> child = levels.element().children.next();
        if (child.isPresent()) limit.add();
        checkHeld();
        return child;
    }

    /// Goes up again.
    ///
    /// @return the directory that the walk was in
    D pop() {
        Level<D> level = levels.pop();
        level.children.close();
        heldAbove -= heldByTop();
        linksAbove -= linksOfTop();
        return level.directory;
    }

    /// Gives up what was fetched ahead.
    @Override
    public void close() {
        for (Level<D> level : levels) level.children.close();
        levels.clear();
    }
}
