package cairn.dag.exporter;

import cairn.dag.DagException;

/// A node that was to be a file and is none.
public final class NotAFileException extends DagException {
    private static final long serialVersionUID = 1L;

    NotAFileException(String message) {
        super(message);
    }
}
