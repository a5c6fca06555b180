package cairn.cli;

import cairn.libp2p.crypto.SigningKey;
import cairn.libp2p.host.Host;
import cairn.libp2p.host.HostOptions;
import cairn.libp2p.noise.Noise;
import cairn.libp2p.perf.Perf;
import cairn.libp2p.ping.Ping;
import cairn.libp2p.swarm.Connection;
import cairn.libp2p.tls.Tls;
import cairn.multiformats.multiaddr.Multiaddr;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Two hosts that talk over each transport and security protocol: what a daemon does with its first
/// peers.
final class TrainingPeers {
    private static final List<String> LISTEN =
            List.of(
                    "/ip4/127.0.0.1/tcp/0",
                    "/ip4/127.0.0.1/tcp/0/ws",
                    "/ip4/127.0.0.1/udp/0/quic-v1");

    /// Enough that the compilers look at what moves bytes.
    private static final long BYTES = 16 << 20;

    private TrainingPeers() {}

    static void talk() throws IOException {
        for (String security : List.of(Tls.PROTOCOL, Noise.PROTOCOL)) {
            try (Host one = host(security, true);
                    Host other = host(security, false)) {
                for (Multiaddr address : one.listenAddresses()) talk(one, other, address);
            }
        }
    }

    private static Host host(String security, boolean listens) throws IOException {
        List<Multiaddr> addresses = new ArrayList<>();
        for (String address : listens ? LISTEN : List.<String>of())
            addresses.add(Multiaddr.parse(address));
        return Host.open(
                HostOptions.of(SigningKey.generate())
                        .securities(Set.of(security))
                        .listen(addresses)
                        .servesPerf(true));
    }

    private static void talk(Host one, Host other, Multiaddr address) throws IOException {
        Connection connection = other.connect(address.withPeer(one.id()));
        try (Ping.Session ping = Ping.open(connection)) {
            ping.ping();
        }
        Perf.measure(connection, BYTES, BYTES);
        connection.close();
    }
}
