package cairn.libp2p.yamux;

/// What a frame is about (yamux, "Type Field").
enum FrameType {
    /// Bytes of a stream; the length is theirs.
    DATA(0),
    /// More room for a stream; the length is how much.
    WINDOW_UPDATE(1),
    /// A question whether the other end is there, or its answer; the length is any number.
    PING(2),
    /// The end of the connection; the length is why.
    GO_AWAY(3);

    private final byte code;

    FrameType(int code) {
        this.code = (byte) code;
    }

    /// The number on the wire.
    byte code() {
        return code;
    }

    /// @throws ProtocolViolationException when the number means nothing
    static FrameType of(byte code) throws ProtocolViolationException {
        return switch (code) {
            case 0 -> DATA;
            case 1 -> WINDOW_UPDATE;
            case 2 -> PING;
            case 3 -> GO_AWAY;
            default -> throw new ProtocolViolationException("frame of type " + (code & 0xff));
        };
    }
}
