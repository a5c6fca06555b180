package cairn.libp2p.quic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

import cairn.libp2p.quic.retry.Strangers;
import cairn.libp2p.crypto.SigningKey;
import cairn.libp2p.limits.LimitExceededException;
import cairn.libp2p.limits.MemoryBudget;
import cairn.libp2p.limits.Meter;
import cairn.libp2p.muxer.MuxedStream;
import cairn.libp2p.transport.Admission;
import cairn.libp2p.transport.Inbound;
import cairn.libp2p.transport.Link;
import cairn.multiformats.multiaddr.Multiaddr;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class QuicHostileTest {
    private static final int LONG_HEADER_OF_RETRY = 0xf0;
    private static final Duration SOON = Duration.ofSeconds(30);

    @Test
    void garbage_harms_nobody() throws Exception {
        try (QuicPair pair = new QuicPair();
                DatagramSocket stranger = new DatagramSocket()) {
            Random random = new Random(1);
            for (int i = 0; i < 2_000; i++) {
                byte[] packet = new byte[random.nextInt(1_500)];
                random.nextBytes(packet);
                // Half of them begin as a client's first packet does.
                if (packet.length > 8 && i % 2 == 0)
                    System.arraycopy(new byte[] {(byte) 0xc3, 0, 0, 0, 1, 8}, 0, packet, 0, 6);
                stranger.send(new DatagramPacket(packet, packet.length, address(pair)));
            }
            pair.dial();
            assertThat(pair.takeAccepted().remotePeer()).isEqualTo(pair.clientKey.peerId());
        }
    }

    @Test
    void while_many_handshakes_hang_strangers_prove_their_address_and_peers_still_come_in()
            throws Exception {
        AtomicInteger places = new AtomicInteger();
        BlockingQueue<Link> accepted = new LinkedBlockingQueue<>();
        Inbound counting = counting(places, new AtomicLong(), accepted);
        SigningKey key = SigningKey.generate();
        try (var server = transport(key, Duration.ofSeconds(60));
                var flooder = transport(SigningKey.generate(), Duration.ofSeconds(60));
                DatagramSocket hole = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                DatagramSocket stranger = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            var listener = server.listen(Multiaddr.parse("/ip4/127.0.0.1/udp/0/quic-v1"), counting);
            InetSocketAddress at =
                    new InetSocketAddress(
                            InetAddress.getLoopbackAddress(), port(listener.address()));
            // First packets of connections that never go on, caught on their way elsewhere.
            Multiaddr nowhere =
                    Multiaddr.parse("/ip4/127.0.0.1/udp/" + hole.getLocalPort() + "/quic-v1");
            List<Thread> dials = new ArrayList<>();
            int sent = 0;
            int retries = 0;
            stranger.setSoTimeout(5_000);
            while (retries == 0 && sent < 2 * Strangers.TRUSTED_AT_ONCE) {
                dials.add(Thread.startVirtualThread(() -> dialInVain(flooder, nowhere)));
                DatagramPacket first = new DatagramPacket(new byte[2_048], 2_048);
                hole.receive(first);
                stranger.send(new DatagramPacket(first.getData(), first.getLength(), at));
                sent++;
                DatagramPacket answer = new DatagramPacket(new byte[2_048], 2_048);
                stranger.receive(answer);
                if ((answer.getData()[0] & 0xf0) == LONG_HEADER_OF_RETRY) retries++;
            }
            assertThat(retries).isPositive();
            assertThat(places.get()).isBetween(1, Strangers.TRUSTED_AT_ONCE);
            try (var client = transport(SigningKey.generate(), SOON)) {
                Link link = client.dial(listener.address(), key.peerId(), Admission.unlimited());
                assertThat(link.remotePeer()).isEqualTo(key.peerId());
                assertThat(accepted.poll(30, TimeUnit.SECONDS)).isNotNull();
            }
            for (Thread dial : dials) dial.interrupt();
            for (Thread dial : dials) dial.join();
        }
        assertThat(places).as("places that were not given back").hasValue(0);
    }

    private static void dialInVain(QuicTransport flooder, Multiaddr nowhere) {
        assertThatIOException()
                .isThrownBy(
                        () ->
                                flooder.dial(
                                        nowhere,
                                        SigningKey.generate().peerId(),
                                        Admission.unlimited()));
    }

    @Test
    void streams_that_were_reset_are_forgotten() throws Exception {
        try (QuicPair pair = new QuicPair()) {
            Link dialled = pair.dial();
            Link accepted = pair.takeAccepted();
            dialled.muxed().start(MuxedStream::reset);
            BlockingQueue<MuxedStream> incoming = new LinkedBlockingQueue<>();
            accepted.muxed().start(incoming::add);
            for (int i = 0; i < 3 * QuicConnection.MAX_INCOMING_STREAMS; i++) {
                MuxedStream stream = dialled.muxed().open();
                stream.write(new byte[1], 0, 1);
                assertThat(incoming.poll(20, TimeUnit.SECONDS)).isNotNull();
                stream.reset();
            }
            await().atMost(SOON).until(() -> accepted.muxed().streams() == 0);
            await().atMost(SOON).until(() -> ((QuicConnection) accepted.muxed()).remembered() == 0);
            await().atMost(SOON).until(() -> ((QuicConnection) dialled.muxed()).remembered() == 0);
        }
    }

    @Test
    void what_was_reserved_is_given_back_when_a_connection_ends_in_the_middle() throws Exception {
        AtomicInteger places = new AtomicInteger();
        AtomicLong bytes = new AtomicLong();
        BlockingQueue<Link> accepted = new LinkedBlockingQueue<>();
        SigningKey key = SigningKey.generate();
        try (var server = transport(key, SOON);
                var client = transport(SigningKey.generate(), SOON)) {
            var listener =
                    server.listen(
                            Multiaddr.parse("/ip4/127.0.0.1/udp/0/quic-v1"),
                            counting(places, bytes, accepted));
            Link dialled = client.dial(listener.address(), key.peerId(), Admission.unlimited());
            Link taken = accepted.poll(20, TimeUnit.SECONDS);
            dialled.muxed().start(MuxedStream::reset);
            // Nobody reads what comes in.
            BlockingQueue<MuxedStream> incoming = new LinkedBlockingQueue<>();
            taken.muxed().start(incoming::add);
            Thread writing =
                    Thread.startVirtualThread(
                            () ->
                                    assertThatIOException()
                                            .isThrownBy(() -> writeFor(dialled.muxed().open())));
            await().atMost(SOON).until(() -> bytes.get() > ReceiveQueue.AHEAD);
            dialled.muxed().close();
            writing.join();
            await().atMost(SOON).until(() -> taken.muxed().isClosed());
            // What arrived before may still be read, and is held until it is.
            incoming.poll(20, TimeUnit.SECONDS).reset();
            await().atMost(SOON).until(() -> bytes.get() == 0 && places.get() == 0);
        }
    }

    private static void writeFor(MuxedStream stream) throws IOException {
        byte[] piece = new byte[1 << 16];
        while (true) stream.write(piece, 0, piece.length);
    }

    private static QuicTransport transport(SigningKey key, Duration handshake) {
        QuicSettings usual = QuicSettings.defaults();
        return new QuicTransport(
                key,
                new QuicSettings(
                        usual.congestion(), usual.idleTimeout(), usual.keepAlive(), handshake),
                InstantSource.system());
    }

    private static int port(Multiaddr address) {
        return Integer.parseInt(address.components().get(1).value());
    }

    private static InetSocketAddress address(QuicPair pair) {
        return new InetSocketAddress(
                InetAddress.getLoopbackAddress(), port(pair.listener.address()));
    }

    /// Counts the places and the bytes that are taken.
    private static Inbound counting(
            AtomicInteger places, AtomicLong bytes, BlockingQueue<Link> accepted) {
        return new Inbound() {
            @Override
            public Admission admit(Multiaddr local, Multiaddr remote) {
                places.incrementAndGet();
                return new Counted(places, bytes);
            }

            @Override
            public void accept(Link link, Admission admission) {
                accepted.add(link);
            }
        };
    }

    private static final class Counted implements Admission, MemoryBudget {
        private final AtomicInteger places;
        private final AtomicLong bytes;
        private boolean closed;

        Counted(AtomicInteger places, AtomicLong bytes) {
            this.places = places;
            this.bytes = bytes;
        }

        @Override
        public MemoryBudget memory() {
            return this;
        }

        @Override
        public Meter meter() {
            return Meter.none();
        }

        @Override
        public synchronized void close() {
            if (!closed) places.decrementAndGet();
            closed = true;
        }

        @Override
        public void reserve(long size) throws LimitExceededException {
            bytes.addAndGet(size);
        }

        @Override
        public boolean tryReserveSpare(long size) {
            bytes.addAndGet(size);
            return true;
        }

        @Override
        public void release(long size) {
            bytes.addAndGet(-size);
        }
    }
}
