package cairn.node.collection;

import java.io.IOException;

/// A collection that couldn't tell what is garbage and has deleted nothing. The message names the
/// root that couldn't be followed.
public final class CollectionException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient Root root;

    CollectionException(Root root, IOException cause) {
        super(
                "nothing was deleted: "
                        + root.cid()
                        + " ("
                        + root.origin()
                        + ") can't be followed: "
                        + cause.getMessage()
                        + ". Get what is missing back, or remove what refers to it, and try again",
                cause);
        this.root = root;
    }

    /// The root.
    public Root root() {
        return root;
    }
}
