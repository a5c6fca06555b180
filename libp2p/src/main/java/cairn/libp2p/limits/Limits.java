package cairn.libp2p.limits;

/// The limits of all scopes.
///
/// @param system all connections and streams together
/// @param transientScope connections whose peer isn't known yet, and streams whose protocol isn't;
///   of these, a peer may have half, and [ResourceLimits#UNDECIDED_OF_EACH_PEER] on top
/// @param peer all connections and streams of one peer
/// @param protocol all streams of one protocol
/// @param peerProtocol the streams of one protocol with one peer, so that no peer takes all that
///   the protocol may have
/// @param connection one connection with its streams
/// @param stream one stream
/// @param connectionsPerAddress connections with one IPv4 address or one IPv6 /56
/// @param spareShare the share of a scope's memory up to which [MemoryBudget#tryReserveSpare] is
///   granted, from 0 to 1
public record Limits(
        ScopeLimits system,
        ScopeLimits transientScope,
        ScopeLimits peer,
        ScopeLimits protocol,
        ScopeLimits peerProtocol,
        ScopeLimits connection,
        ScopeLimits stream,
        int connectionsPerAddress,
        double spareShare) {
    private static final long MIB = 1 << 20;
    private static final double GIB = 1 << 30;

    /// The most memory of a peer: one full window of 16 MiB and much besides.
    static final long PEER_MEMORY = 64 * MIB;

    /// The most memory of a stream: the largest window, and what is on its way out.
    static final long STREAM_MEMORY = 32 * MIB;

    /// Connections per address: as many as are dialled at once to one peer.
    static final int CONNECTIONS_PER_ADDRESS = 8;

    /// Inbound streams whose protocol isn't known yet: twice the two hundred that a peer may well
    /// begin at once, since it may have half of them, and some.
    static final int UNDECIDED = 448;

    /// What makes things faster may take half, so that new connections still find room.
    static final double SPARE_SHARE = 0.5;

    public Limits {
        if (connectionsPerAddress < 0 || !(spareShare >= 0 && spareShare <= 1))
            throw new IllegalArgumentException("a limit out of its range");
    }

    /// The limits that follow from what the host may use in all: a base that suits a small machine,
    /// and more for each GiB. The figures are those of go-libp2p, against which peers are tuned;
    /// but of one protocol a peer may open as many streams as a connection takes, since a peer that
    /// speaks one protocol alone has no use for the rest; and more streams may be undecided, as no
    /// peer gets them all.
    ///
    /// @param memory in bytes, `Swarm.ResourceMgr.MaxMemory`
    /// @param descriptors `Swarm.ResourceMgr.MaxFileDescriptors`
    public static Limits of(long memory, int descriptors) {
        double gib = memory / GIB;
        int connections = scaled(128, 128, gib);
        int streams = scaled(2048, 2048, gib);
        int protocolStreams = scaled(2048, 512, gib);
        return new Limits(
                new ScopeLimits(
                        connections,
                        scaled(64, 64, gib),
                        connections,
                        streams,
                        scaled(1024, 1024, gib),
                        streams,
                        memory,
                        descriptors),
                new ScopeLimits(
                        scaled(64, 32, gib),
                        scaled(32, 16, gib),
                        scaled(64, 32, gib),
                        scaled(UNDECIDED + 128, 256, gib),
                        scaled(UNDECIDED, 128, gib),
                        scaled(256, 256, gib),
                        memory / 4,
                        Math.max(1, descriptors / 4)),
                new ScopeLimits(8, 8, 8, 512, 256, 512, Math.min(memory, PEER_MEMORY), descriptors),
                ScopeLimits.ofStreams(
                        protocolStreams, scaled(512, 256, gib), protocolStreams, memory / 2),
                ScopeLimits.ofStreams(512, 256, 256, Math.min(memory / 2, PEER_MEMORY)),
                new ScopeLimits(1, 1, 1, 512, 256, 512, Math.min(memory, PEER_MEMORY), 1),
                ScopeLimits.ofStreams(1, 1, 1, Math.min(memory, STREAM_MEMORY)),
                CONNECTIONS_PER_ADDRESS,
                SPARE_SHARE);
    }

    private static int scaled(int base, int perGib, double gib) {
        return (int) (base + perGib * gib);
    }
}
