package cairn.libp2p.websocket;

import java.util.Optional;

/// What a frame is (RFC 6455, 5.2).
enum Opcode {
    CONTINUATION(0),
    TEXT(1),
    BINARY(2),
    CLOSE(8),
    PING(9),
    PONG(10);

    private final int code;

    Opcode(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    /// Whether it may stand between the frames of a message, and is short.
    boolean isControl() {
        return code >= 8;
    }

    static Optional<Opcode> of(int code) {
        for (Opcode opcode : values()) if (opcode.code == code) return Optional.of(opcode);
        return Optional.empty();
    }
}
