package cairn.libp2p.limits;

import java.io.IOException;

/// Something was refused because a limit would have been passed. The message names the limit.
public final class LimitExceededException extends IOException {
    private static final long serialVersionUID = 1L;

    public LimitExceededException(String message) {
        super(message);
    }
}
