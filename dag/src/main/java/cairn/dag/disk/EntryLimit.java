package cairn.dag.disk;

import cairn.dag.DagException;
import cairn.dag.exporter.UnixFsNode;
import cairn.multiformats.Cid;

/// Counts the entries of a tree against what the root declares. A link takes eight bytes at least,
/// so an honest tree of n entries declares over 8n bytes; directories that name one another many
/// times unfold into more, and are stopped.
///
/// **Limit:** a million entries, and one more for each eight bytes that the root declares.
final class EntryLimit {
    static final long UNDECLARED = 1_000_000;
    private static final int LINK_BYTES = 8;

    private final Cid root;
    private final long most;
    private long count;

    EntryLimit(UnixFsNode root) {
        this(root, UNDECLARED);
    }

    /// @param undeclared how many entries are allowed whatever the root declares
    EntryLimit(UnixFsNode root, long undeclared) {
        this.root = root.cid();
        this.most = undeclared + root.cumulativeSize() / LINK_BYTES;
    }

    void add() throws DagException {
        if (++count > most)
            throw new DagException(
                    root
                            + " unfolds into over "
                            + most
                            + " entries, more than the bytes that it declares can hold");
    }
}
