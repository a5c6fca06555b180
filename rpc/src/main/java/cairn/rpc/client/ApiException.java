package cairn.rpc.client;

import java.io.IOException;

/// What the daemon said that it couldn't do.
public final class ApiException extends IOException {
    private static final long serialVersionUID = 1L;

    ApiException(String message) {
        super(message);
    }
}
