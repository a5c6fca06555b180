package cairn.interop;

import java.io.IOException;

/// A peer couldn't do what it was told. The message says which peer, what, and why, in its words.
public final class PeerException extends IOException {
    private static final long serialVersionUID = 1L;

    public PeerException(String message) {
        super(message);
    }
}
