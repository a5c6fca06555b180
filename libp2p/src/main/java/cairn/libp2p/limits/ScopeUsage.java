package cairn.libp2p.limits;

/// What is in use somewhere, or is asked for: counts, bytes of memory, file descriptors.
public record ScopeUsage(
        int inboundConnections,
        int outboundConnections,
        int inboundStreams,
        int outboundStreams,
        long memory,
        int descriptors) {
    /// Nothing.
    public static final ScopeUsage NONE = new ScopeUsage(0, 0, 0, 0, 0, 0);

    public ScopeUsage {
        if (inboundConnections < 0
                || outboundConnections < 0
                || inboundStreams < 0
                || outboundStreams < 0
                || memory < 0
                || descriptors < 0)
            throw new IllegalStateException("more was given back than was in use");
    }

    static ScopeUsage connection(Direction direction, boolean descriptor) {
        int fds = descriptor ? 1 : 0;
        return switch (direction) {
            case INBOUND -> new ScopeUsage(1, 0, 0, 0, 0, fds);
            case OUTBOUND -> new ScopeUsage(0, 1, 0, 0, 0, fds);
        };
    }

    static ScopeUsage stream(Direction direction) {
        return switch (direction) {
            case INBOUND -> new ScopeUsage(0, 0, 1, 0, 0, 0);
            case OUTBOUND -> new ScopeUsage(0, 0, 0, 1, 0, 0);
        };
    }

    static ScopeUsage memory(long bytes) {
        return new ScopeUsage(0, 0, 0, 0, bytes, 0);
    }

    ScopeUsage plus(ScopeUsage more) {
        return new ScopeUsage(
                inboundConnections + more.inboundConnections,
                outboundConnections + more.outboundConnections,
                inboundStreams + more.inboundStreams,
                outboundStreams + more.outboundStreams,
                memory + more.memory,
                descriptors + more.descriptors);
    }

    ScopeUsage minus(ScopeUsage less) {
        return new ScopeUsage(
                inboundConnections - less.inboundConnections,
                outboundConnections - less.outboundConnections,
                inboundStreams - less.inboundStreams,
                outboundStreams - less.outboundStreams,
                memory - less.memory,
                descriptors - less.descriptors);
    }

    /// Connections of both directions.
    public int connections() {
        return inboundConnections + outboundConnections;
    }

    /// Streams of both directions.
    public int streams() {
        return inboundStreams + outboundStreams;
    }
}
