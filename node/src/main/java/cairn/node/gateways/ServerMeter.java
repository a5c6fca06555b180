package cairn.node.gateways;

import cairn.libp2p.bandwidth.Bandwidth;
import cairn.libp2p.bandwidth.ConnectionMeter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.util.Optional;

/// Counts what comes from a server, as from a connection to the address that its name has when it
/// first answers; so the node's rates hold for what comes from beyond the LAN. State is guarded by
/// `this`.
final class ServerMeter {
    private final Bandwidth bandwidth;
    private final URI server;
    private Optional<ConnectionMeter> meter = Optional.empty();

    ServerMeter(Bandwidth bandwidth, URI server) {
        this.bandwidth = bandwidth;
        this.server = server;
    }

    /// Waits where the node is held to a rate.
    void received(int bytes) throws IOException {
        opened().received(bytes);
    }

    private synchronized ConnectionMeter opened() throws IOException {
        if (meter.isEmpty())
            meter = Optional.of(bandwidth.connection(InetAddress.getByName(server.getHost())));
        return meter.get();
    }
}
