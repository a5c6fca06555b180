package cairn.rpc.network;

import cairn.libp2p.discovery.PeerAddresses;
import cairn.libp2p.host.Host;
import cairn.libp2p.ping.Ping;
import cairn.libp2p.swarm.Connection;
import cairn.multiformats.peer.PeerId;
import cairn.node.json.Json;
import cairn.rpc.server.Reply;
import cairn.rpc.server.Request;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Locale;

/// Round trips to a peer, a line each: `ping`.
final class Pings {
    private static final long DEFAULT_COUNT = 10;

    /// Some peers end a stream of pings after half a minute.
    private static final int PINGS_A_STREAM = 10;

    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final double NANOS_PER_MILLI = 1e6;

    private final Host host;

    Pings(Host host) {
        this.host = host;
    }

    void ping(Request request, Reply reply) throws IOException {
        PeerAddresses peer = Words.peer(request.arguments("peer ID").getFirst());
        long count = request.number("count").orElse(DEFAULT_COUNT);
        if (count <= 0)
            throw new WrongArgumentException("ping count must be greater than 0, was " + count);
        if (peer.peer().equals(host.id()))
            throw new WrongArgumentException("can't ping self; this node is " + host.id());
        reply.line(said(true, Duration.ZERO, "PING " + peer.peer() + "."));
        long answered = 0;
        Duration sum = Duration.ZERO;
        boolean connected = false;
        try {
            Connection connection = host.swarm().connect(peer.peer(), peer.addresses(), true);
            connected = true;
            while (answered < count) {
                try (Ping.Session session = Ping.open(connection)) {
                    for (int i = 0; i < PINGS_A_STREAM && answered < count; i++) {
                        if (answered > 0) pause();
                        Duration took = session.ping();
                        host.peers().roundTrip(peer.peer(), took);
                        answered++;
                        sum = sum.plus(took);
                        reply.line(said(true, took, ""));
                    }
                }
            }
        } catch (IOException e) {
            // An answer that doesn't come in time is such an exception too: the thread tells them
            // apart.
            if (Thread.currentThread().isInterrupted()) throw e;
            reply.line(said(false, Duration.ZERO, "Ping error: " + e.getMessage()));
        }
        if (answered == 0) throw new PingFailedException(peer.peer(), connected);
        double average = sum.toNanos() / NANOS_PER_MILLI / answered;
        reply.line(
                said(
                        true,
                        Duration.ZERO,
                        String.format(Locale.ROOT, "Average latency: %.2fms", average)));
    }

    private static void pause() throws InterruptedIOException {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted between two pings");
        }
    }

    private static Json said(boolean success, Duration time, String text) {
        return new Fields()
                .truth("Success", success)
                .number("Time", time.toNanos())
                .text("Text", text)
                .object();
    }

    /// No ping was answered.
    private static final class PingFailedException extends IOException {
        private static final long serialVersionUID = 1L;

        PingFailedException(PeerId peer, boolean connected) {
            super(
                    "ping failed: "
                            + (connected ? peer + " didn't answer" : "no connection to " + peer));
        }
    }
}
