package cairn.libp2p.quic;

import static org.assertj.core.api.Assertions.assertThat;

import cairn.libp2p.muxer.MuxedStream;
import cairn.libp2p.transport.Admission;
import cairn.libp2p.transport.IpEndpoint;
import cairn.libp2p.transport.Link;
import cairn.multiformats.multiaddr.Multiaddr;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Packets for a connection that come from elsewhere than its other end.
@Timeout(60)
class QuicPathTest {
    private static final int MAX_PACKET = 2_048;
    private static final int SHORT_HEADER = 0x40;
    private static final int TRIES = 20;
    private static final byte[] WORDS = new byte[10_000];

    private final QuicPair pair;
    private final Wire wire;
    private final DatagramSocket third;
    private Link dialled;
    private Link accepted;
    private final BlockingQueue<MuxedStream> toDialler = new LinkedBlockingQueue<>();
    private final BlockingQueue<MuxedStream> toAcceptor = new LinkedBlockingQueue<>();

    QuicPathTest() throws IOException {
        pair = new QuicPair();
        wire = new Wire(IpEndpoint.of(pair.listener.address()).orElseThrow().address());
        third = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    }

    @BeforeEach
    void connect_over_the_wire() throws Exception {
        Multiaddr address = Multiaddr.parse("/ip4/127.0.0.1/udp/" + wire.port() + "/quic-v1");
        dialled = pair.client.dial(address, pair.serverKey.peerId(), Admission.unlimited());
        accepted = pair.takeAccepted();
        dialled.muxed().start(toDialler::add);
        accepted.muxed().start(toAcceptor::add);
        exchange(dialled, toAcceptor);
        exchange(accepted, toDialler);
    }

    @AfterEach
    void close_all() {
        pair.close();
        wire.close();
        third.close();
    }

    @Test
    void garbage_with_the_id_of_a_connection_that_came_in_leaves_it_where_it_is() throws Exception {
        exchangeWhileSending(garbage(wire.lastToServer), wire.server);
        assertThatTheThirdPartyGotNothing();
    }

    @Test
    void garbage_with_the_id_of_a_dialled_connection_leaves_it_where_it_is() throws Exception {
        exchangeWhileSending(garbage(wire.lastToClient), wire.client);
        assertThatTheThirdPartyGotNothing();
    }

    @Test
    void a_clients_own_first_packet_from_elsewhere_leaves_its_connection_where_it_is()
            throws Exception {
        exchangeWhileSending(wire.firstToServer, wire.server);
        assertThatTheThirdPartyGotNothing();
    }

    @Test
    void a_clients_own_last_packet_from_elsewhere_leaves_its_connection_where_it_is()
            throws Exception {
        exchangeWhileSending(wire.lastToServer, wire.server);
        assertThatTheThirdPartyGotNothing();
    }

    /// The other end's packets come in between; so it is tried often.
    private void exchangeWhileSending(byte[] packet, InetSocketAddress to) throws Exception {
        for (int i = 0; i < TRIES; i++) {
            third.send(new DatagramPacket(packet, packet.length, to));
            exchange(accepted, toDialler);
            third.send(new DatagramPacket(packet, packet.length, to));
            exchange(dialled, toAcceptor);
        }
    }

    /// What nobody could have sent who has the keys, behind the id of who has.
    private static byte[] garbage(byte[] packet) {
        byte[] garbage = new byte[60];
        new Random(1).nextBytes(garbage);
        garbage[0] = SHORT_HEADER;
        System.arraycopy(packet, 1, garbage, 1, ConnectionIds.LENGTH);
        return garbage;
    }

    private static void exchange(Link from, BlockingQueue<MuxedStream> to) throws Exception {
        MuxedStream out = from.muxed().open();
        out.write(WORDS, 0, WORDS.length);
        out.close();
        MuxedStream in = to.poll(10, TimeUnit.SECONDS);
        assertThat(in).as("a stream of the other end").isNotNull();
        int read = 0;
        int n;
        byte[] piece = new byte[WORDS.length];
        while ((n = in.read(piece, 0, piece.length)) >= 0) read += n;
        assertThat(read).isEqualTo(WORDS.length);
        in.close();
    }

    private void assertThatTheThirdPartyGotNothing() throws IOException {
        third.setSoTimeout(1);
        int got = 0;
        try {
            while (true) {
                third.receive(new DatagramPacket(new byte[MAX_PACKET], MAX_PACKET));
                got++;
            }
        } catch (SocketTimeoutException e) {
            assertThat(got).as("packets that a third party got").isZero();
        }
    }

    /// A path between a client and a server on which packets can be seen.
    private static final class Wire implements AutoCloseable {
        private final InetSocketAddress server;
        private final DatagramSocket near = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        private final DatagramSocket far = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        private volatile InetSocketAddress client;
        private volatile byte[] firstToServer;
        private volatile byte[] lastToServer;
        private volatile byte[] lastToClient;

        Wire(InetSocketAddress server) throws IOException {
            this.server = server;
            Thread.startVirtualThread(this::toServer);
            Thread.startVirtualThread(this::toClient);
        }

        int port() {
            return near.getLocalPort();
        }

        private void toServer() {
            try {
                while (true) {
                    DatagramPacket packet = new DatagramPacket(new byte[MAX_PACKET], MAX_PACKET);
                    near.receive(packet);
                    client = (InetSocketAddress) packet.getSocketAddress();
                    lastToServer = Arrays.copyOf(packet.getData(), packet.getLength());
                    if (firstToServer == null) firstToServer = lastToServer;
                    far.send(new DatagramPacket(lastToServer, lastToServer.length, server));
                }
            } catch (IOException e) {
                near.close();
            }
        }

        private void toClient() {
            try {
                while (true) {
                    DatagramPacket packet = new DatagramPacket(new byte[MAX_PACKET], MAX_PACKET);
                    far.receive(packet);
                    lastToClient = Arrays.copyOf(packet.getData(), packet.getLength());
                    near.send(new DatagramPacket(lastToClient, lastToClient.length, client));
                }
            } catch (IOException e) {
                far.close();
            }
        }

        @Override
        public void close() {
            near.close();
            far.close();
        }
    }
}
