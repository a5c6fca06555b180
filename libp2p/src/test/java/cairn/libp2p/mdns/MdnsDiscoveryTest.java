package cairn.libp2p.mdns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cairn.multiformats.MalformedException;
import cairn.multiformats.multiaddr.Multiaddr;
import cairn.multiformats.peer.PeerId;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MdnsDiscoveryTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final List<MdnsDiscovery> open = new ArrayList<>();
    private int port;

    @BeforeEach
    void choose_a_port() throws IOException {
        try (var socket = new DatagramSocket(0)) {
            port = socket.getLocalPort();
        }
        try {
            NetworkInterface loopback = loopback();
            var group = new InetSocketAddress(InetAddress.ofLiteral("224.0.0.251"), port);
            var link = MdnsLink.join(loopback, group, System::nanoTime);
            link.send(new byte[1]);
            link.close();
        } catch (IOException e) {
            Assumptions.abort("no multicast on loopback here: " + e.getMessage());
        }
    }

    @AfterEach
    void close() {
        open.forEach(MdnsDiscovery::close);
    }

    @Test
    void two_nodes_on_one_network_find_each_other() throws Exception {
        Map<PeerId, List<Multiaddr>> a = start(id(1), "/ip4/127.0.0.1/tcp/1");
        Map<PeerId, List<Multiaddr>> b =
                start(
                        id(2),
                        "/ip4/127.0.0.1/tcp/2",
                        "/ip4/127.0.0.1/udp/2/quic-v1",
                        "/ip4/127.0.0.1/tcp/3/ws",
                        "/ip4/9.9.9.9/tcp/1/p2p-circuit",
                        "/dns4/example.com/tcp/2");
        await().atMost(SOON).until(() -> a.containsKey(id(2)) && b.containsKey(id(1)));
        assertThat(b.get(id(1))).containsExactly(Multiaddr.parse("/ip4/127.0.0.1/tcp/1"));
        assertThat(a.get(id(2)))
                .containsExactly(
                        Multiaddr.parse("/ip4/127.0.0.1/tcp/2"),
                        Multiaddr.parse("/ip4/127.0.0.1/udp/2/quic-v1"));
        assertThat(a).doesNotContainKey(id(1));
    }

    @Test
    void an_interface_that_comes_later_is_joined() throws Exception {
        var present = new AtomicBoolean();
        Map<PeerId, List<Multiaddr>> a =
                start(id(1), one -> present.get() && isLoopback(one), "/ip4/127.0.0.1/tcp/1");
        start(id(2), "/ip4/127.0.0.1/tcp/2");
        await().during(Duration.ofSeconds(2)).atMost(SOON).until(a::isEmpty);
        present.set(true);
        await().atMost(SOON).until(() -> a.containsKey(id(2)));
    }

    @Test
    void noise_harms_nobody() throws Exception {
        Map<PeerId, List<Multiaddr>> a = start(id(1), "/ip4/127.0.0.1/tcp/1");
        try (var socket = new DatagramSocket()) {
            socket.setOption(StandardSocketOptions.IP_MULTICAST_IF, loopback());
            byte[] bytes = new byte[500];
            for (int i = 0; i < 100; i++) {
                for (int j = 0; j < bytes.length; j++) bytes[j] = (byte) (i * j);
                socket.send(
                        new DatagramPacket(
                                bytes, bytes.length, InetAddress.ofLiteral("224.0.0.251"), port));
            }
        }
        start(id(2), "/ip4/127.0.0.1/tcp/2");
        await().atMost(SOON).until(() -> a.containsKey(id(2)));
    }

    @Test
    void hosts_of_other_networks_are_not_neighbours() throws Exception {
        var group = new InetSocketAddress(InetAddress.ofLiteral("224.0.0.251"), port);
        try (var link = MdnsLink.join(loopback(), group, System::nanoTime)) {
            assertThat(link.isNeighbour(InetAddress.ofLiteral("127.9.9.9"))).isTrue();
            assertThat(link.isNeighbour(InetAddress.ofLiteral("169.254.1.1"))).isTrue();
            assertThat(link.isNeighbour(InetAddress.ofLiteral("128.0.0.1"))).isFalse();
            assertThat(link.isNeighbour(InetAddress.ofLiteral("8.8.8.8"))).isFalse();
            assertThat(link.isNeighbour(InetAddress.ofLiteral("2606::1"))).isFalse();
        }
    }

    private Map<PeerId, List<Multiaddr>> start(PeerId self, String... addresses)
            throws MalformedException {
        return start(self, MdnsDiscoveryTest::isLoopback, addresses);
    }

    private Map<PeerId, List<Multiaddr>> start(
            PeerId self, Predicate<NetworkInterface> wanted, String... addresses)
            throws MalformedException {
        List<Multiaddr> own = new ArrayList<>();
        for (String address : addresses) own.add(Multiaddr.parse(address));
        Map<PeerId, List<Multiaddr>> found = new ConcurrentHashMap<>();
        var discovery = new MdnsDiscovery(self, () -> own, found::put, wanted, port);
        open.add(discovery);
        discovery.start();
        return found;
    }

    private static boolean isLoopback(NetworkInterface network) {
        try {
            return network.isLoopback();
        } catch (SocketException e) {
            return false;
        }
    }

    private static NetworkInterface loopback() throws SocketException {
        return NetworkInterface.networkInterfaces()
                .filter(MdnsDiscoveryTest::isLoopback)
                .findFirst()
                .orElseThrow();
    }

    private static PeerId id(int i) throws MalformedException {
        byte[] id = new byte[34];
        id[0] = 0x12;
        id[1] = 0x20;
        id[2] = (byte) i;
        return PeerId.of(id);
    }
}
