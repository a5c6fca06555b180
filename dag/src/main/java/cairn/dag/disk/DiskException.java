package cairn.dag.disk;

import cairn.dag.DagException;

/// A tree that can't be written to this disk: a name that the file system doesn't take, something
/// in the way, too little room. The message names the path.
public final class DiskException extends DagException {
    private static final long serialVersionUID = 1L;

    public DiskException(String message) {
        super(message);
    }

    public DiskException(String message, Throwable cause) {
        super(message, cause);
    }
}
