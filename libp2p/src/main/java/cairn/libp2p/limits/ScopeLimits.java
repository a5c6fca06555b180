package cairn.libp2p.limits;

import java.util.Optional;

/// The most that one scope may use. [#UNLIMITED] and [Long#MAX_VALUE] stand for no limit.
///
/// @param connections of both directions
/// @param streams of both directions
/// @param memory in bytes
/// @param descriptors of sockets that connections hold
public record ScopeLimits(
        int connections,
        int inboundConnections,
        int outboundConnections,
        int streams,
        int inboundStreams,
        int outboundStreams,
        long memory,
        int descriptors) {
    /// A count without a limit.
    public static final int UNLIMITED = Integer.MAX_VALUE;

    public ScopeLimits {
        if (connections < 0
                || inboundConnections < 0
                || outboundConnections < 0
                || streams < 0
                || inboundStreams < 0
                || outboundStreams < 0
                || memory < 0
                || descriptors < 0) throw new IllegalArgumentException("a limit below zero");
    }

    /// Limits on streams and memory, for scopes that have no connections of their own.
    static ScopeLimits ofStreams(int streams, int inbound, int outbound, long memory) {
        return new ScopeLimits(
                UNLIMITED, UNLIMITED, UNLIMITED, streams, inbound, outbound, memory, UNLIMITED);
    }

    /// These limits with so many more streams of either direction.
    ScopeLimits withMoreStreams(int more) {
        return new ScopeLimits(
                connections,
                inboundConnections,
                outboundConnections,
                raised(streams, more),
                raised(inboundStreams, more),
                raised(outboundStreams, more),
                memory,
                descriptors);
    }

    private static int raised(int limit, int more) {
        return (int) Math.min((long) limit + more, UNLIMITED);
    }

    /// The limit that would be passed if more were added to what is used, with its name. Only what
    /// is asked for counts: a limit that was lowered below its use doesn't refuse other things.
    Optional<String> refusal(ScopeUsage used, ScopeUsage more) {
        if (exceeds(used.connections(), more.connections(), connections))
            return Optional.of(connections + " connections");
        if (exceeds(used.inboundConnections(), more.inboundConnections(), inboundConnections))
            return Optional.of(inboundConnections + " inbound connections");
        if (exceeds(used.outboundConnections(), more.outboundConnections(), outboundConnections))
            return Optional.of(outboundConnections + " outbound connections");
        if (exceeds(used.streams(), more.streams(), streams))
            return Optional.of(streams + " streams");
        if (exceeds(used.inboundStreams(), more.inboundStreams(), inboundStreams))
            return Optional.of(inboundStreams + " inbound streams");
        if (exceeds(used.outboundStreams(), more.outboundStreams(), outboundStreams))
            return Optional.of(outboundStreams + " outbound streams");
        if (exceeds(used.memory(), more.memory(), memory))
            return Optional.of(memory + " bytes of memory");
        if (exceeds(used.descriptors(), more.descriptors(), descriptors))
            return Optional.of(descriptors + " file descriptors");
        return Optional.empty();
    }

    private static boolean exceeds(long used, long more, long limit) {
        return more > 0 && more > limit - used;
    }
}
