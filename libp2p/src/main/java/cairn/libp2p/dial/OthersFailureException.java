package cairn.libp2p.dial;

import java.io.IOException;

/// An attempt failed that another caller made; the cause is what that one was told.
public final class OthersFailureException extends IOException {
    private static final long serialVersionUID = 1L;

    OthersFailureException(Throwable cause) {
        super(cause.getMessage(), cause);
    }
}
