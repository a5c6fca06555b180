package cairn.node.repo;

import java.io.IOException;

/// A repo that can't be opened, made or changed. The message names it and says what to do.
public class RepoException extends IOException {
    private static final long serialVersionUID = 1L;

    public RepoException(String message) {
        super(message);
    }

    public RepoException(String message, Throwable cause) {
        super(message, cause);
    }
}
