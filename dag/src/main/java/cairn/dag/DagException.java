package cairn.dag;

import java.io.IOException;

/// A DAG that can't be read as what it claims to be, or that a block is missing of. The message
/// names the CID or path, and what is wrong with it.
public class DagException extends IOException {
    private static final long serialVersionUID = 1L;

    public DagException(String message) {
        super(message);
    }

    public DagException(String message, Throwable cause) {
        super(message, cause);
    }
}
