package cairn.libp2p.quic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cairn.libp2p.limits.MemoryBudget;
import cairn.libp2p.limits.Meter;
import cairn.libp2p.muxer.MuxedConnection;
import cairn.libp2p.muxer.MuxedStream;
import cairn.libp2p.muxer.StreamResetException;
import io.netty.buffer.ByteBufAllocator;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Places of streams, which the other end gives: how they are waited for, and given back.
@Timeout(60)
class QuicStreamsTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration A_MOMENT = Duration.ofMillis(200);

    /// More than there are places.
    private static final int MANY = 3 * QuicConnection.MAX_INCOMING_STREAMS;

    @Test
    void who_opens_one_stream_too_many_waits_until_another_has_ended() throws Exception {
        try (QuicPair pair = new QuicPair();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            MuxedConnection dialled = pair.dial().muxed();
            BlockingQueue<MuxedStream> incoming = new LinkedBlockingQueue<>();
            pair.takeAccepted().muxed().start(incoming::add);
            dialled.start(MuxedStream::reset);
            List<MuxedStream> open = new ArrayList<>();
            for (int i = 0; i < QuicConnection.MAX_INCOMING_STREAMS; i++) {
                open.add(dialled.open());
                open.getLast().write(new byte[1], 0, 1);
            }
            Future<MuxedStream> first = threads.submit(dialled::open);
            Future<MuxedStream> second = threads.submit(dialled::open);
            await().during(A_MOMENT).atMost(SOON).until(() -> !first.isDone() && !second.isDone());
            for (MuxedStream each : open.subList(0, 10)) each.close();
            for (int i = 0; i < 10; i++) incoming.poll(20, TimeUnit.SECONDS).close();
            assertThat(first.get(20, TimeUnit.SECONDS)).isNotNull();
            assertThat(second.get(20, TimeUnit.SECONDS)).isNotNull();
        }
    }

    @Test
    void a_place_is_given_back_though_the_acceptor_has_not_read_to_the_end() throws Exception {
        try (QuicPair pair = new QuicPair()) {
            MuxedConnection dialled = pair.dial().muxed();
            MuxedConnection accepted = pair.takeAccepted().muxed();
            BlockingQueue<MuxedStream> incoming = new LinkedBlockingQueue<>();
            accepted.start(incoming::add);
            dialled.start(MuxedStream::reset);
            byte[] one = new byte[1];
            for (int i = 0; i < MANY; i++) {
                MuxedStream near = dialled.open();
                near.write(one, 0, 1);
                MuxedStream far = incoming.poll(20, TimeUnit.SECONDS);
                far.write(one, 0, 1);
                far.close();
                assertThat(near.read(one, 0, 1)).isEqualTo(1);
                near.close();
            }
            await().atMost(SOON).until(() -> dialled.streams() + accepted.streams() == 0);
            await().atMost(SOON).until(() -> ((QuicConnection) accepted).remembered() == 0);
            await().atMost(SOON).until(() -> ((QuicConnection) dialled).remembered() == 0);
        }
    }

    @Test
    void the_acceptors_resets_give_places_back() throws Exception {
        try (QuicPair pair = new QuicPair()) {
            MuxedConnection dialled = pair.dial().muxed();
            MuxedConnection accepted = pair.takeAccepted().muxed();
            accepted.start(MuxedStream::reset);
            dialled.start(MuxedStream::reset);
            for (int i = 0; i < MANY; i++) {
                MuxedStream near = dialled.open();
                near.write(new byte[1], 0, 1);
                near.close();
            }
            await().atMost(SOON).until(() -> dialled.streams() + accepted.streams() == 0);
            await().atMost(SOON).until(() -> ((QuicConnection) accepted).remembered() == 0);
        }
    }

    @Test
    void what_was_dropped_by_a_reset_has_no_end() throws IOException {
        SendQueue queue =
                new SendQueue(
                        ByteBufAllocator.DEFAULT, MemoryBudget.unlimited(), Meter.none(), () -> {});
        queue.write(new byte[100], 0, 100);
        queue.fail(() -> new StreamResetException("reset"));
        queue.close();
        assertThat(queue.next()).isEmpty();
        assertThat(queue.drained()).isFalse();
    }

    @Test
    void the_port_of_a_closed_listener_can_be_taken_again() throws Exception {
        try (QuicPair pair = new QuicPair()) {
            int port = Integer.parseInt(pair.listener.address().components().get(1).value());
            pair.listener.close();
            InetSocketAddress same = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
            await().atMost(SOON).until(() -> canBind(same));
        }
    }

    private static boolean canBind(InetSocketAddress address) {
        try (DatagramSocket socket = new DatagramSocket(address)) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
