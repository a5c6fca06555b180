package cairn.libp2p.quic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import cairn.libp2p.crypto.SigningKey;
import cairn.libp2p.muxer.MuxedStream;
import cairn.libp2p.security.SecurityHandshakeException;
import cairn.libp2p.transport.Admission;
import cairn.libp2p.transport.Link;
import cairn.libp2p.wire.Messages;
import cairn.multiformats.multiaddr.Multiaddr;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class QuicTransportTest {
    @ParameterizedTest
    @ValueSource(strings = {"/ip4/127.0.0.1/udp/0/quic-v1", "/ip6/::1/udp/0/quic-v1"})
    void a_stream_carries_bytes_both_ways_between_peers_who_know_each_other(String address)
            throws Exception {
        try (QuicPair pair = new QuicPair(address, QuicSettings.defaults())) {
            Link dialled = pair.dial();
            Link accepted = pair.takeAccepted();
            assertThat(dialled.remotePeer()).isEqualTo(pair.serverKey.peerId());
            assertThat(accepted.remotePeer()).isEqualTo(pair.clientKey.peerId());
            assertThat(dialled.remote()).isEqualTo(pair.listener.address());
            assertThat(accepted.local()).isEqualTo(pair.listener.address());

            BlockingQueue<MuxedStream> streams = new LinkedBlockingQueue<>();
            accepted.muxed().start(streams::add);
            dialled.muxed().start(MuxedStream::reset);
            MuxedStream ours = dialled.muxed().open();
            Messages.write(ours, "hello".getBytes(StandardCharsets.US_ASCII));
            ours.closeWrite();
            MuxedStream theirs = streams.poll(10, TimeUnit.SECONDS);
            assertThat(Messages.read(theirs, 100))
                    .hasValue("hello".getBytes(StandardCharsets.US_ASCII));
            assertThat(theirs.read(new byte[1], 0, 1)).isEqualTo(-1);
            Messages.write(theirs, "world".getBytes(StandardCharsets.US_ASCII));
            theirs.closeWrite();
            assertThat(Messages.read(ours, 100))
                    .hasValue("world".getBytes(StandardCharsets.US_ASCII));
            assertThat(ours.read(new byte[1], 0, 1)).isEqualTo(-1);
        }
    }

    @Test
    void another_peer_than_the_expected_is_a_failed_handshake() throws Exception {
        try (QuicPair pair = new QuicPair()) {
            assertThatThrownBy(
                            () ->
                                    pair.client.dial(
                                            pair.listener.address(),
                                            SigningKey.generate().peerId(),
                                            Admission.unlimited()))
                    .isInstanceOf(SecurityHandshakeException.class)
                    .hasMessageContaining(pair.serverKey.peerId().toString());
        }
    }

    @Test
    void a_host_that_listens_dials_from_the_port_it_listens_on() throws Exception {
        try (QuicPair pair = new QuicPair()) {
            BlockingQueue<Link> atClient = new LinkedBlockingQueue<>();
            var own =
                    pair.client.listen(
                            Multiaddr.parse("/ip4/127.0.0.1/udp/0/quic-v1"),
                            QuicPair.takingInto(atClient));
            Link out = pair.dial();
            assertThat(out.local()).isEqualTo(own.address());
            assertThat(pair.takeAccepted().remote()).isEqualTo(own.address());
            // And the other way round, between the same two ports, at the same time.
            Link back =
                    pair.server.dial(own.address(), pair.clientKey.peerId(), Admission.unlimited());
            assertThat(back.local()).isEqualTo(pair.listener.address());
            assertThat(atClient.poll(10, TimeUnit.SECONDS).remote())
                    .isEqualTo(pair.listener.address());
        }
    }

    @Test
    void an_idle_connection_is_kept_alive() throws Exception {
        var settings =
                new QuicSettings(
                        QuicSettings.Congestion.CUBIC,
                        Duration.ofSeconds(3),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(20));
        try (QuicPair pair = new QuicPair("/ip4/127.0.0.1/udp/0/quic-v1", settings)) {
            Link dialled = pair.dial();
            Link accepted = pair.takeAccepted();
            await().during(Duration.ofSeconds(7))
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> !dialled.muxed().isClosed() && !accepted.muxed().isClosed());
            assertThat(dialled.muxed().roundTrip()).isPresent();
        }
    }

    @Test
    void a_connection_without_signs_of_life_ends() throws Exception {
        var settings =
                new QuicSettings(
                        QuicSettings.Congestion.CUBIC,
                        Duration.ofSeconds(1),
                        Duration.ofMinutes(1),
                        Duration.ofSeconds(20));
        try (QuicPair pair = new QuicPair("/ip4/127.0.0.1/udp/0/quic-v1", settings)) {
            Link dialled = pair.dial();
            Link accepted = pair.takeAccepted();
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> dialled.muxed().isClosed() && accepted.muxed().isClosed());
        }
    }
}
