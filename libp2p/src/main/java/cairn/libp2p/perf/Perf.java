package cairn.libp2p.perf;

import cairn.libp2p.swarm.Connection;
import cairn.libp2p.swarm.ProtocolStream;
import cairn.libp2p.swarm.StreamHandler;
import cairn.libp2p.wire.Messages;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;

/// Perf measures a connection: the client sends how many bytes it wants (64 bits, big-endian), then
/// bytes of its own to an end, and the server answers with as many as were wanted. As a
/// [StreamHandler] it is the server. Off by default: it lets peers use up bandwidth.
public final class Perf implements StreamHandler {
    public static final String PROTOCOL = "/perf/1.0.0";

    private static final int BUFFER_BYTES = 256 << 10;

    /// The longest that either end waits while nothing moves.
    private static final Duration STALL_TIME = Duration.ofSeconds(30);

    /// What was measured.
    ///
    /// @param up from the first byte sent until all were handed over
    /// @param down from then until the last byte came
    public record Result(long bytesUp, Duration up, long bytesDown, Duration down) {}

    @Override
    public void handle(ProtocolStream stream) throws IOException {
        byte[] wanted = new byte[Long.BYTES];
        stream.deadline(STALL_TIME);
        Messages.readFully(stream, wanted, 0, wanted.length);
        drain(stream);
        send(stream, ByteBuffer.wrap(wanted).getLong());
        stream.closeWrite();
    }

    /// Sends and receives so many bytes over a new stream. The upload's time ends with the first
    /// byte of the answer where there is one: only then is it known that all has arrived.
    public static Result measure(Connection connection, long bytesUp, long bytesDown)
            throws IOException {
        try (ProtocolStream stream = connection.open(List.of(PROTOCOL))) {
            stream.deadline(STALL_TIME);
            byte[] wanted = ByteBuffer.allocate(Long.BYTES).putLong(bytesDown).array();
            long start = System.nanoTime();
            stream.write(wanted, 0, wanted.length);
            send(stream, bytesUp);
            stream.closeWrite();
            byte[] one = new byte[1];
            long first = Math.max(0, stream.read(one, 0, 1));
            long middle = System.nanoTime();
            long received = first + drain(stream);
            long end = System.nanoTime();
            if (received != bytesDown)
                throw new EOFException(received + " bytes came, not " + bytesDown);
            return new Result(
                    bytesUp,
                    Duration.ofNanos(middle - start),
                    bytesDown,
                    Duration.ofNanos(end - middle));
        }
    }

    private static void send(ProtocolStream stream, long bytes) throws IOException {
        if (bytes < 0) throw new IOException("perf of " + Long.toUnsignedString(bytes) + " bytes");
        byte[] buffer = new byte[BUFFER_BYTES];
        for (long left = bytes; left > 0; ) {
            int n = (int) Math.min(left, buffer.length);
            stream.deadline(STALL_TIME);
            stream.write(buffer, 0, n);
            left -= n;
        }
    }

    private static long drain(ProtocolStream stream) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        long total = 0;
        while (true) {
            stream.deadline(STALL_TIME);
            int n = stream.read(buffer, 0, buffer.length);
            if (n < 0) return total;
            total += n;
        }
    }
}
