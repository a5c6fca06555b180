package cairn.libp2p.limits;

/// Who opened a connection or stream.
public enum Direction {
    /// The other end.
    INBOUND,
    /// This end.
    OUTBOUND
}
