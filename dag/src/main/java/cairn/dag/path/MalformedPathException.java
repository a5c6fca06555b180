package cairn.dag.path;

import cairn.dag.DagException;

/// Text that is no path to a DAG. The message says what is wrong with it.
public final class MalformedPathException extends DagException {
    private static final long serialVersionUID = 1L;

    public MalformedPathException(String message) {
        super(message);
    }

    public MalformedPathException(String message, Throwable cause) {
        super(message, cause);
    }
}
