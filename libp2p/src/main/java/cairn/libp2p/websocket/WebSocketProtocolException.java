package cairn.libp2p.websocket;

import java.io.IOException;

/// The other end broke the rules of WebSocket, or won't speak it.
final class WebSocketProtocolException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int status;

    /// @param status what a close frame tells the other end (RFC 6455, 7.4.1)
    WebSocketProtocolException(int status, String message) {
        super(message);
        this.status = status;
    }

    int status() {
        return status;
    }
}
