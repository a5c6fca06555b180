package cairn.testkit.hostile;

import cairn.libp2p.limits.Limits;
import cairn.libp2p.limits.ScopeLimits;
import cairn.libp2p.limits.ScopeUsage;

/// An allowance is what a host may add to the footprint of the process while it is attacked. It
/// follows from the host's limits, and from what attackers in the same process take themselves.
///
/// @param heap bytes
/// @param descriptors open ones
/// @param platformThreads threads
/// @param virtualThreads threads
public record Allowance(long heap, long descriptors, int platformThreads, int virtualThreads) {
    /// What a connection takes beside the memory that is counted: the buffers of its reader and
    /// writer, of up to 256 KiB each, and what its peer says of itself.
    private static final long CONNECTION_BYTES = 1 << 20;

    /// What a stream takes beside: its thread's stack and its tables.
    private static final long STREAM_BYTES = 8 << 10;

    /// What an attacker's socket takes of this process.
    private static final long SOCKET_BYTES = 16 << 10;

    /// A reader, a writer, one that ends it, one that asks who it is, and the limit on its time.
    private static final int CONNECTION_THREADS = 5;

    /// Connections that are accepted and will be closed at once: as many as the handshakes of two
    /// listeners.
    private static final int REFUSED_CONNECTIONS = 512;

    /// Threads of the JDK's own, which grow with use, and those of an attacker's QUIC.
    private static final int SLACK_THREADS = 24;

    /// What is allowed under limits to a host with so many connections. Streams come and go faster
    /// than they are counted: as many are allowed as those connections may have.
    ///
    /// @param used the connections; never above the limits
    /// @param sockets how many the attackers have opened
    public static Allowance of(Limits limits, ScopeUsage used, int sockets) {
        ScopeLimits all = limits.system();
        int connections = used.connections() + sockets;
        int streams = Math.min(all.streams(), used.connections() * limits.connection().streams());
        return new Allowance(
                Footprint.HEAP_SLACK
                        + all.memory()
                        + CONNECTION_BYTES * used.connections()
                        + SOCKET_BYTES * sockets
                        + STREAM_BYTES * streams,
                Math.min(all.descriptors(), all.connections()) + REFUSED_CONNECTIONS + sockets,
                SLACK_THREADS,
                CONNECTION_THREADS * connections + 2 * streams + SLACK_THREADS);
    }

    /// Checks that a footprint is within the allowance.
    ///
    /// @throws AssertionError when it is above
    public void assertCovers(Footprint before, Footprint during) {
        check("bytes of heap", before.heap() + heap, during.heap());
        check("bytes of direct memory", before.direct() + heap, during.direct());
        check("descriptors", before.descriptors() + descriptors, during.descriptors());
        check("platform threads", before.platformCount() + platformThreads, during.platformCount());
        check("virtual threads", before.virtualCount() + virtualThreads, during.virtualCount());
    }

    private static void check(String what, long most, long now) {
        if (now > most)
            throw new AssertionError(now + " " + what + " under attack; allowed are " + most);
    }
}
