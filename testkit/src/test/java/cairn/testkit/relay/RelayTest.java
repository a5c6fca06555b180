package cairn.testkit.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

class RelayTest {
    private static final InetSocketAddress ANY =
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private static ServerSocket server() throws IOException {
        return new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    }

    private static InetSocketAddress at(ServerSocket server) {
        return new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
    }

    private static Socket to(Relay relay) throws IOException {
        return new Socket(relay.address().getAddress(), relay.address().getPort());
    }

    @Test
    void tcp_arrives_in_order_and_so_does_its_end() throws Exception {
        byte[] sent = new byte[5_000_000];
        new Random(1).nextBytes(sent);
        try (ServerSocket server = server();
                Relay relay =
                        TcpRelay.open(
                                ANY, at(server), NetworkConditions.delay(Duration.ofMillis(5)));
                Socket near = to(relay);
                Socket far = server.accept()) {
            Thread writer =
                    Thread.startVirtualThread(
                            () -> {
                                try {
                                    near.getOutputStream().write(sent);
                                    near.shutdownOutput();
                                } catch (IOException e) {
                                    throw new AssertionError(e);
                                }
                            });
            assertThat(far.getInputStream().readAllBytes()).isEqualTo(sent);
            writer.join();
            far.getOutputStream().write(7);
            far.shutdownOutput();
            assertThat(near.getInputStream().readAllBytes()).containsExactly(7);
        }
    }

    @Test
    void each_way_takes_the_delay() throws Exception {
        try (ServerSocket server = server();
                Relay relay =
                        TcpRelay.open(
                                ANY, at(server), NetworkConditions.delay(Duration.ofMillis(40)));
                Socket near = to(relay);
                Socket far = server.accept()) {
            long start = System.nanoTime();
            near.getOutputStream().write(1);
            far.getInputStream().read();
            assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(40_000_000L);
            far.getOutputStream().write(1);
            near.getInputStream().read();
            assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(80_000_000L);
        }
    }

    @Test
    void a_rate_holds() throws Exception {
        try (ServerSocket server = server();
                Relay relay =
                        TcpRelay.open(
                                ANY,
                                at(server),
                                NetworkConditions.delay(Duration.ZERO).withRate(1_000_000));
                Socket near = to(relay);
                Socket far = server.accept()) {
            long start = System.nanoTime();
            near.getOutputStream().write(new byte[200_000]);
            new DataInputStream(far.getInputStream()).readFully(new byte[200_000]);
            assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(195_000_000L);
        }
    }

    @Test
    void a_cut_resets_both_ends() throws Exception {
        try (ServerSocket server = server();
                Relay relay =
                        TcpRelay.open(ANY, at(server), NetworkConditions.delay(Duration.ZERO));
                Socket near = to(relay);
                Socket far = server.accept()) {
            near.getOutputStream().write(1);
            far.getInputStream().read();
            relay.cut();
            assertThatThrownBy(() -> near.getInputStream().read()).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> far.getInputStream().read()).isInstanceOf(IOException.class);
        }
    }

    @Test
    void in_silence_nothing_passes_and_nobody_is_told() throws Exception {
        try (ServerSocket server = server();
                Relay relay =
                        TcpRelay.open(ANY, at(server), NetworkConditions.delay(Duration.ZERO));
                Socket near = to(relay);
                Socket far = server.accept()) {
            relay.silence(true);
            near.getOutputStream().write(1);
            near.shutdownOutput();
            far.setSoTimeout(100);
            assertThatThrownBy(() -> far.getInputStream().read())
                    .isInstanceOf(SocketTimeoutException.class);
            relay.silence(false);
            far.setSoTimeout(10_000);
            assertThat(far.getInputStream().readAllBytes()).containsExactly(1);
        }
    }

    /// Sends numbered datagrams through a relay and tells which came back from an echo.
    private static List<Integer> echoed(NetworkConditions conditions, int count) throws Exception {
        List<Integer> got = new ArrayList<>();
        try (DatagramSocket echo = new DatagramSocket(ANY);
                Relay relay =
                        UdpRelay.open(
                                ANY, (InetSocketAddress) echo.getLocalSocketAddress(), conditions);
                DatagramSocket near = new DatagramSocket()) {
            Thread.startVirtualThread(() -> echo(echo));
            near.setSoTimeout(500);
            for (int i = 0; i < count; i++)
                near.send(new DatagramPacket(new byte[] {(byte) i}, 1, relay.address()));
            try {
                while (got.size() < count) {
                    DatagramPacket packet = new DatagramPacket(new byte[10], 10);
                    near.receive(packet);
                    assertThat(packet.getLength()).isEqualTo(1);
                    got.add(Byte.toUnsignedInt(packet.getData()[0]));
                }
            } catch (SocketTimeoutException e) {
                return got;
            }
        }
        return got;
    }

    private static void echo(DatagramSocket socket) {
        try {
            while (true) {
                DatagramPacket packet = new DatagramPacket(new byte[2000], 2000);
                socket.receive(packet);
                socket.send(packet);
            }
        } catch (IOException e) {
            assertThat(socket.isClosed()).isTrue();
        }
    }

    @Test
    void datagrams_keep_their_order_and_borders() throws Exception {
        List<Integer> got = echoed(NetworkConditions.delay(Duration.ofMillis(2)), 200);
        assertThat(got).hasSize(200).isSorted();
    }

    @Test
    void the_same_seed_loses_the_same_datagrams() throws Exception {
        NetworkConditions lossy = NetworkConditions.delay(Duration.ZERO).withLoss(0.2);
        List<Integer> got = echoed(lossy, 200);
        assertThat(got).hasSizeBetween(80, 170);
        assertThat(echoed(lossy, 200)).isEqualTo(got);
    }
}
