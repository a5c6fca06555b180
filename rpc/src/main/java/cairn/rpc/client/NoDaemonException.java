package cairn.rpc.client;

import java.io.IOException;

/// Nothing listens where the daemon's API should be.
public final class NoDaemonException extends IOException {
    private static final long serialVersionUID = 1L;

    NoDaemonException(String message, Throwable cause) {
        super(message, cause);
    }
}
