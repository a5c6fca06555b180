package cairn.dag.tree;

import cairn.dag.LinkName;
import java.io.IOException;

/// The sender of a file couldn't read it to its end: what came of it isn't the file.
public final class BrokenOffException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient TreeEntry.Unreadable entry;

    /// @param source the file as the sender knows it
    /// @param reason a few words
    public BrokenOffException(LinkName source, String reason) {
        super(source.quoted() + ": " + reason);
        this.entry = new TreeEntry.Unreadable(source, reason, false);
    }

    /// What the sender couldn't read.
    public TreeEntry.Unreadable entry() {
        return entry;
    }
}
