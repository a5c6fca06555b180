package cairn.libp2p.ping;

import cairn.libp2p.swarm.Connection;
import cairn.libp2p.swarm.ProtocolStream;
import cairn.libp2p.swarm.StreamHandler;
import cairn.libp2p.wire.Messages;
import cairn.multiformats.peer.PeerId;
import java.io.Closeable;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Ping sends 32 random bytes, which the other end sends back. As a [StreamHandler] it is that
/// other end: at most two streams a peer, each of which ends when a minute passes without a ping.
public final class Ping implements StreamHandler {
    public static final String PROTOCOL = "/ipfs/ping/1.0.0";

    private static final int BYTES = 32;

    /// How long an answer may take.
    private static final Duration ANSWER_TIME = Duration.ofSeconds(10);

    private static final Duration IDLE_TIME = Duration.ofMinutes(1);

    /// As the specification has it.
    private static final int MAX_STREAMS_A_PEER = 2;

    private final Map<PeerId, Integer> serving = new ConcurrentHashMap<>();

    @Override
    public void handle(ProtocolStream stream) throws IOException {
        if (serving.merge(stream.peer(), 1, Integer::sum) > MAX_STREAMS_A_PEER) {
            leave(stream.peer());
            stream.reset();
            return;
        }
        try {
            echo(stream);
        } finally {
            leave(stream.peer());
        }
    }

    private static void echo(ProtocolStream stream) throws IOException {
        byte[] bytes = new byte[BYTES];
        while (true) {
            stream.deadline(IDLE_TIME);
            int first = stream.read(bytes, 0, BYTES);
            if (first < 0) return;
            stream.deadline(ANSWER_TIME);
            Messages.readFully(stream, bytes, first, BYTES - first);
            stream.write(bytes, 0, BYTES);
        }
    }

    private void leave(PeerId peer) {
        serving.computeIfPresent(peer, (id, n) -> n == 1 ? null : n - 1);
    }

    /// Opens a session of pings. A new one for every few: go-libp2p ends a stream after half a
    /// minute.
    public static Session open(Connection connection) throws IOException {
        return new Session(connection.open(List.of(PROTOCOL)));
    }

    /// A session is a stream on which pings follow one another.
    public static final class Session implements Closeable {
        private final ProtocolStream stream;
        private final SecureRandom random = new SecureRandom();

        private Session(ProtocolStream stream) {
            this.stream = stream;
        }

        /// Sends a ping and waits for its answer.
        ///
        /// @return how long the answer took
        /// @throws IOException when none came within ten seconds, or other bytes did
        public Duration ping() throws IOException {
            byte[] sent = new byte[BYTES];
            random.nextBytes(sent);
            byte[] received = new byte[BYTES];
            stream.deadline(ANSWER_TIME);
            long start = System.nanoTime();
            stream.write(sent, 0, BYTES);
            Messages.readFully(stream, received, 0, BYTES);
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            if (!Arrays.equals(sent, received)) {
                stream.reset();
                throw new IOException(
                        "peer " + stream.peer() + " answered a ping with other bytes");
            }
            return took;
        }

        @Override
        public void close() throws IOException {
            stream.deadline(ANSWER_TIME);
            stream.close();
        }
    }
}
