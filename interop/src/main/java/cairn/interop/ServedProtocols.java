package cairn.interop;

import static java.nio.charset.StandardCharsets.US_ASCII;

import cairn.libp2p.host.Host;
import cairn.libp2p.perf.Perf;
import cairn.libp2p.swarm.Connection;
import cairn.libp2p.swarm.ProtocolStream;
import java.io.IOException;

/// The protocols that every peer of these tests serves, besides perf; README.md defines them.
final class ServedProtocols {
    static final String ECHO = "/echo/1.0.0";
    static final String GREET = "/cairn/interop/greet/1";
    static final String RESET = "/cairn/interop/reset/1";
    static final String KILL = "/cairn/interop/kill/1";
    static final String GREETING = "hello";
    static final int KILL_AFTER = 1 << 16;

    private static final int PIECE = 1 << 16;

    private ServedProtocols() {}

    static void serve(Host host) {
        host.serve(ECHO, ServedProtocols::echo);
        host.serve(GREET, ServedProtocols::greet);
        host.serve(RESET, ServedProtocols::reset);
        host.serve(KILL, ServedProtocols::kill);
    }

    /// Perf, which the host serves itself.
    static Perf.Result measure(Connection connection, long up, long down) throws IOException {
        return Perf.measure(connection, up, down);
    }

    private static void echo(ProtocolStream stream) throws IOException {
        byte[] buffer = new byte[PIECE];
        for (int n = stream.read(buffer, 0, PIECE); n >= 0; n = stream.read(buffer, 0, PIECE))
            stream.write(buffer, 0, n);
        stream.closeWrite();
    }

    private static void greet(ProtocolStream stream) throws IOException {
        stream.write(GREETING.getBytes(US_ASCII), 0, GREETING.length());
        stream.closeWrite();
        drain(stream, Long.MAX_VALUE);
    }

    private static void reset(ProtocolStream stream) throws IOException {
        drain(stream, 1);
        stream.reset();
    }

    private static void kill(ProtocolStream stream) throws IOException {
        drain(stream, KILL_AFTER);
        Runtime.getRuntime().halt(1);
    }

    /// Reads to the end, or until so many bytes have come.
    static long drain(ProtocolStream stream, long atMost) throws IOException {
        byte[] buffer = new byte[PIECE];
        long got = 0;
        while (got < atMost) {
            int n = stream.read(buffer, 0, (int) Math.min(PIECE, atMost - got));
            if (n < 0) break;
            got += n;
        }
        return got;
    }
}
