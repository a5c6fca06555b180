package cairn.node.pins;

import java.io.IOException;

/// A pin that can't be made, moved or removed. The message is Kubo's, and names it.
public final class PinException extends IOException {
    private static final long serialVersionUID = 1L;

    PinException(String message) {
        super(message);
    }
}
