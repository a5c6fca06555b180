package cairn.blockstore;

import java.io.IOException;

/// The store failed to do what it was asked. The message says what failed, on what, and what to do.
public class StoreException extends IOException {
    private static final long serialVersionUID = 1L;

    public StoreException(String message) {
        super(message);
    }

    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
