package cairn.node;

/// How a repo is opened.
public enum Access {
    /// Beside whoever else reads or writes.
    READ,
    /// Alone among writers; readers stay.
    WRITE
}
