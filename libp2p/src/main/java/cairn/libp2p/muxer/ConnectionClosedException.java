package cairn.libp2p.muxer;

import java.io.IOException;

/// A connection has ended, and with it all its streams. The message says who ended it, and why.
public final class ConnectionClosedException extends IOException {
    private static final long serialVersionUID = 1L;

    public ConnectionClosedException(String message) {
        super(message);
    }

    public ConnectionClosedException(String message, Throwable cause) {
        super(message, cause);
    }
}
