package cairn.node.keys;

import java.io.IOException;

/// A key that can't be read, made or changed. The message names it and says what to do.
public final class KeyException extends IOException {
    private static final long serialVersionUID = 1L;

    public KeyException(String message) {
        super(message);
    }

    public KeyException(String message, Throwable cause) {
        super(message, cause);
    }
}
