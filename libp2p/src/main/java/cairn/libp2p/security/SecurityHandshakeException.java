package cairn.libp2p.security;

import java.io.IOException;

/// A security handshake that failed: what the other end sent proves no key, or another peer's.
public final class SecurityHandshakeException extends IOException {
    private static final long serialVersionUID = 1L;

    public SecurityHandshakeException(String message) {
        super(message);
    }

    public SecurityHandshakeException(String message, Throwable cause) {
        super(message, cause);
    }
}
