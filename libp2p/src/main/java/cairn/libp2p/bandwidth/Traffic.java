package cairn.libp2p.bandwidth;

/// What was sent and received: bytes in all, and bytes a second over the last seconds.
public record Traffic(long sent, long received, double sendRate, double receiveRate) {}
