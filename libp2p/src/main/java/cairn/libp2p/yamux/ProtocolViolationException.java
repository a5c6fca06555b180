package cairn.libp2p.yamux;

import java.io.IOException;

/// The other end did what yamux forbids; the connection ends with it. The message says what.
final class ProtocolViolationException extends IOException {
    private static final long serialVersionUID = 1L;

    ProtocolViolationException(String message) {
        super(message);
    }
}
