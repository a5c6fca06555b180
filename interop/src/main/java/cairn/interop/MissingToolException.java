package cairn.interop;

import java.io.IOException;

/// A real peer can't be had on this machine: Go, Node or the network is missing, as the message
/// tells.
public final class MissingToolException extends IOException {
    private static final long serialVersionUID = 1L;

    public MissingToolException(String message) {
        super(message);
    }
}
