package cairn.libp2p.yamux;

/// What a frame is about; the order is that of the numbers on the wire (yamux, "Type Field").
enum FrameType {
    /// Bytes of a stream; the length is theirs.
    DATA,
    /// More room for a stream; the length is how much.
    WINDOW_UPDATE,
    /// A question whether the other end is there, or its answer; the length is any number.
    PING,
    /// The end of the connection; the length is why.
    GO_AWAY
}
