package cairn.rpc.server;

import java.io.IOException;

/// A request that makes no sense: an argument is missing, or isn't what it should be.
public final class RequestException extends IOException {
    private static final long serialVersionUID = 1L;

    public RequestException(String message) {
        super(message);
    }
}
