package cairn.libp2p.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cairn.libp2p.connections.Watermarks;
import cairn.libp2p.crypto.SigningKey;
import cairn.libp2p.noise.Noise;
import cairn.libp2p.tcp.TcpTransport;
import cairn.libp2p.transport.Admission;
import cairn.libp2p.upgrade.ChannelMuxer;
import cairn.libp2p.upgrade.Protector;
import cairn.libp2p.upgrade.Upgrader;
import cairn.libp2p.wire.LargeBuffers;
import cairn.multiformats.multiaddr.Multiaddr;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The end of a host whose peers do nothing for it: they neither read nor say goodbye.
@Timeout(60)
final class HostCloseTest {
    private static final int MUTE_PEERS = 40;

    /// A second for the peers, and one for a machine that has other things to do.
    private static final Duration SOON = Duration.ofSeconds(2);

    private final List<Closeable> peers = new ArrayList<>();

    @AfterEach
    void closePeers() throws IOException {
        for (Closeable peer : peers) peer.close();
    }

    private static Host host(Watermarks watermarks) throws IOException {
        return Host.open(
                HostOptions.of(SigningKey.generate())
                        .watermarks(watermarks)
                        .listen(List.of(Multiaddr.parse("/ip4/127.0.0.1/tcp/0"))));
    }

    private void connectMutePeer(Host host) throws IOException {
        var upgrader =
                new Upgrader(
                        Protector.none(),
                        List.of(new Noise(SigningKey.generate(), new LargeBuffers())),
                        List.of(new ChannelMuxer("/yamux/1.0.0")));
        TcpTransport transport = new TcpTransport(upgrader);
        peers.add(transport);
        Multiaddr address = host.listenAddresses().getFirst();
        peers.add(transport.dial(address, host.id(), Admission.unlimited()).muxed());
    }

    private static void assertClosesSoon(Host host) throws IOException {
        long start = System.nanoTime();
        host.close();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
    }

    @Test
    void peers_that_don_t_say_goodbye_hold_up_a_host_s_end_for_no_longer_than_one()
            throws Exception {
        Host host = host(Watermarks.DEFAULT);
        for (int i = 0; i < MUTE_PEERS; i++) connectMutePeer(host);
        await().until(() -> host.swarm().connections().size() == MUTE_PEERS);
        assertClosesSoon(host);
    }

    @Test
    void a_host_ends_while_it_is_closing_connections_that_are_too_many() throws Exception {
        Host host = host(new Watermarks(1, MUTE_PEERS - 1, Duration.ZERO, Duration.ofSeconds(10)));
        for (int i = 0; i < MUTE_PEERS; i++) connectMutePeer(host);
        await().pollInterval(Duration.ofMillis(1))
                .until(() -> host.swarm().connections().size() < MUTE_PEERS);
        assertClosesSoon(host);
    }
}
