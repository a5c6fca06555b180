package cairn.libp2p.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import cairn.libp2p.crypto.SigningKey;
import cairn.libp2p.multistream.UnsupportedProtocolException;
import cairn.libp2p.perf.Perf;
import cairn.libp2p.ping.Ping;
import cairn.libp2p.swarm.Connection;
import cairn.libp2p.swarm.ProtocolStream;
import cairn.libp2p.swarm.StreamHandler;
import cairn.libp2p.wire.Messages;
import cairn.multiformats.multiaddr.Multiaddr;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HostTest {
    private static final String TCP = "/ip4/127.0.0.1/tcp/0";
    private static final String WS = "/ip4/127.0.0.1/tcp/0/ws";
    private static final String QUIC = "/ip4/127.0.0.1/udp/0/quic-v1";
    private static final String ECHO = "/echo/1.0.0";

    private final List<Host> hosts = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        for (Host host : hosts) host.close();
    }

    private Host host(String... listen) throws IOException {
        List<Multiaddr> addresses = new ArrayList<>();
        for (String address : listen) addresses.add(Multiaddr.parse(address));
        Host host =
                Host.open(
                        HostOptions.of(SigningKey.generate())
                                .agentVersion("test/1")
                                .listen(addresses)
                                .servesPerf(true));
        hosts.add(host);
        return host;
    }

    private static Multiaddr address(Host host) {
        return host.listenAddresses().getFirst().withPeer(host.id());
    }

    @ParameterizedTest
    @ValueSource(strings = {TCP, QUIC, WS})
    void two_hosts_connect_identify_and_ping(String listen) throws Exception {
        Host server = host(listen);
        Host client = host(listen);
        Connection there = client.connect(address(server));
        assertThat(there.peer()).isEqualTo(server.id());
        assertThat(there.awaitIdentified(Duration.ofSeconds(10))).isTrue();
        assertThat(there.remoteInfo().orElseThrow().agentVersion()).isEqualTo("test/1");
        assertThat(there.remoteInfo().orElseThrow().protocols())
                .contains(Ping.PROTOCOL, "/ipfs/id/1.0.0", "/ipfs/id/push/1.0.0");
        try (Ping.Session session = Ping.open(there)) {
            assertThat(session.ping()).isPositive();
            assertThat(session.ping()).isPositive();
        }
        Connection here = server.swarm().connection(client.id()).orElseThrow();
        assertThat(here.awaitIdentified(Duration.ofSeconds(10))).isTrue();
        assertThat(client.peers().addresses(server.id()))
                .contains(server.listenAddresses().getFirst());
    }

    @ParameterizedTest
    @ValueSource(strings = {TCP, QUIC, WS})
    void perf_moves_bytes_both_ways(String listen) throws Exception {
        Host server = host(listen);
        Host client = host();
        Connection there = client.connect(address(server));
        Perf.Result result = Perf.measure(there, 20_000_000, 20_000_000);
        assertThat(result.bytesDown()).isEqualTo(20_000_000);
    }

    @Test
    void a_dial_reaches_a_host_that_listens_by_several_transports() throws Exception {
        Host server = host(TCP, QUIC);
        Host client = host();
        Connection there = client.swarm().connect(server.id(), server.listenAddresses(), true);
        assertThat(there.peer()).isEqualTo(server.id());
    }

    @Test
    void a_protocol_that_the_peer_doesn_t_serve_is_an_error_that_names_it() throws Exception {
        Host server = host(TCP);
        Host client = host();
        client.connect(address(server));
        assertThatThrownBy(() -> client.swarm().open(server.id(), List.of("/nothing/1.0.0")))
                .isInstanceOf(UnsupportedProtocolException.class)
                .hasMessageContaining("/nothing/1.0.0");
    }

    @Test
    void streams_are_counted_while_they_are_open_and_given_back() throws Exception {
        Host server = host(TCP);
        Host client = host();
        server.swarm().handle(ECHO, HostTest::echo);
        client.connect(address(server));
        try (ProtocolStream stream = client.swarm().open(server.id(), List.of(ECHO))) {
            byte[] hello = {1, 2, 3};
            stream.write(hello, 0, 3);
            byte[] back = new byte[3];
            Messages.readFully(stream, back, 0, 3);
            assertThat(back).isEqualTo(hello);
            assertThat(client.limits().snapshot().protocols()).containsKey(ECHO);
        }
        await().untilAsserted(
                        () -> {
                            assertThat(client.limits().snapshot().protocols())
                                    .doesNotContainKey(ECHO);
                            assertThat(server.limits().snapshot().protocols())
                                    .doesNotContainKey(ECHO);
                        });
    }

    /// Even while its handler is at work: the other end may open the next one at once.
    @ParameterizedTest
    @ValueSource(strings = {TCP, QUIC, WS})
    void a_stream_that_both_ends_have_ended_takes_no_place(String listen) throws Exception {
        Host server = host(listen);
        Host client = host();
        CountDownLatch seen = new CountDownLatch(1);
        server.swarm()
                .handle(
                        ECHO,
                        stream -> {
                            echo(stream);
                            stream.closeWrite();
                            awaitQuietly(seen);
                        });
        client.connect(address(server));
        try (ProtocolStream stream = client.swarm().open(server.id(), List.of(ECHO))) {
            stream.closeWrite();
            assertThat(stream.read(new byte[1], 0, 1)).isEqualTo(-1);
            for (Host end : List.of(server, client))
                assertThat(end.limits().snapshot().protocols()).doesNotContainKey(ECHO);
        } finally {
            seen.countDown();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void a_handler_that_fails_resets_its_stream() throws Exception {
        Host server = host(TCP);
        Host client = host();
        StreamHandler failing =
                stream -> {
                    throw new IOException("no");
                };
        server.swarm().handle(ECHO, failing);
        client.connect(address(server));
        ProtocolStream stream = client.swarm().open(server.id(), List.of(ECHO));
        assertThatThrownBy(() -> stream.read(new byte[1], 0, 1)).hasMessageContaining("reset");
    }

    @Test
    void when_a_host_closes_the_other_learns_of_it() throws Exception {
        Host server = host(TCP);
        Host client = host();
        client.connect(address(server));
        server.close();
        await().until(() -> client.swarm().connections().isEmpty());
        assertThat(client.limits().snapshot().peers()).isEmpty();
    }

    @Test
    void a_filtered_address_is_neither_dialled_nor_taken() throws Exception {
        Host server = host(TCP);
        Host client = host();
        Multiaddr mask = Multiaddr.parse("/ip4/127.0.0.0/ipcidr/8");
        client.filters().add(mask);
        assertThatThrownBy(() -> client.connect(address(server))).hasMessageContaining("filter");
        client.filters().remove(mask);
        server.filters().add(mask);
        assertThatThrownBy(() -> client.connect(address(server))).isInstanceOf(IOException.class);
    }

    @Test
    void a_host_doesn_t_dial_itself() throws Exception {
        Host host = host(TCP);
        assertThatThrownBy(() -> host.connect(address(host))).hasMessageContaining("self");
    }

    @Test
    void another_peer_at_the_address_is_an_error() throws Exception {
        Host server = host(TCP);
        Host client = host();
        Multiaddr wrong =
                server.listenAddresses().getFirst().withPeer(SigningKey.generate().peerId());
        assertThatThrownBy(() -> client.connect(wrong)).hasMessageContaining("failed to dial");
    }

    @ParameterizedTest
    @ValueSource(strings = {TCP, QUIC})
    void a_port_that_is_taken_moves_on_and_is_told(String listen) throws Exception {
        Host first = host(listen);
        String taken = first.listenAddresses().getFirst().toString();
        Host second = host(taken);
        assertThat(second.movedPorts()).hasSize(1);
        assertThat(second.listenAddresses().getFirst())
                .isNotEqualTo(first.listenAddresses().getFirst());
    }

    @Test
    void a_new_protocol_is_pushed_to_peers() throws Exception {
        Host server = host(TCP);
        Host client = host();
        Connection there = client.connect(address(server));
        assertThat(there.awaitIdentified(Duration.ofSeconds(10))).isTrue();
        await().until(
                        () ->
                                server.swarm()
                                        .connection(client.id())
                                        .flatMap(Connection::remoteInfo)
                                        .isPresent());
        server.serve(ECHO, HostTest::echo);
        await().until(() -> protocols(there).contains(ECHO));
    }

    private static Set<String> protocols(Connection connection) {
        return connection.remoteInfo().orElseThrow().protocols();
    }

    private static void echo(ProtocolStream stream) throws IOException {
        byte[] buffer = new byte[1 << 16];
        for (int n = stream.read(buffer, 0, buffer.length);
                n >= 0;
                n = stream.read(buffer, 0, buffer.length)) stream.write(buffer, 0, n);
    }
}
