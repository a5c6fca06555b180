package cairn.libp2p.tcp;

import cairn.libp2p.transport.Admission;
import cairn.libp2p.transport.Link;
import cairn.libp2p.transport.TimeLimit;
import cairn.multiformats.multiaddr.Multiaddr;
import java.io.IOException;
import java.time.Duration;

/// The handshakes of a connection within a time limit, its bytes counted from the first on.
///
/// @param time all handshakes' together, from when the connection is made
record TimedHandshakes(TcpEnd end, Duration time) {
    /// How long they may take, as go's.
    static final Duration TIME = Duration.ofSeconds(15);

    /// @throws java.net.SocketTimeoutException when the time is up; then the socket is closed
    Link link(SocketDuplex socket, Multiaddr local, Multiaddr remote, Admission admission)
            throws IOException {
        try (TimeLimit limit = TimeLimit.on(socket, time)) {
            try {
                MeteredDuplex raw = new MeteredDuplex(socket, admission.meter());
                Link link = end.link(raw, local, remote, admission);
                limit.end();
                return link;
            } catch (IOException e) {
                throw limit.explain(e);
            }
        }
    }
}
