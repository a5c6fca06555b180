package cairn.libp2p.yamux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import cairn.libp2p.muxer.ConnectionClosedException;
import cairn.libp2p.muxer.MuxedStream;
import cairn.libp2p.muxer.SocketDuplex;
import cairn.libp2p.muxer.StreamResetException;
import cairn.libp2p.wire.Role;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a connection does with a peer that breaks the protocol, or means harm within it. The peer
/// dialled, so its streams are odd.
@Timeout(60)
class HostilePeerTest {
    private static final int MEGABYTE = 1 << 20;

    private final CountedMemory memory = new CountedMemory(8 * MEGABYTE);
    private final BlockingQueue<MuxedStream> accepted = new LinkedBlockingQueue<>();
    private final List<MuxedStream> taken = new ArrayList<>();
    private RawPeer peer;
    private YamuxConnection connection;

    @BeforeEach
    void connect() throws IOException {
        SocketDuplex.Pair pair = SocketDuplex.connect();
        peer = new RawPeer(pair.dialler());
        connection =
                new YamuxConnection(
                        pair.listener(),
                        Role.RESPONDER,
                        memory,
                        new FrameArrays(),
                        System::nanoTime);
        connection.start(accepted::add);
    }

    @AfterEach
    void nothing_is_held_afterwards() throws IOException {
        peer.close();
        connection.close();
        for (MuxedStream each : accepted) each.close();
        for (MuxedStream each : taken) each.close();
        assertThat(connection.streams()).isZero();
        assertThat(memory.used()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 255})
    void an_unknown_version_ends_the_connection(int version) throws IOException {
        byte[] header = new byte[FrameHeader.BYTES];
        header[0] = (byte) version;
        peer.channel().write(header, 0, header.length);
        peer.assertBlamed();
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 255})
    void an_unknown_type_ends_the_connection(int type) throws IOException {
        byte[] header = new byte[FrameHeader.BYTES];
        header[1] = (byte) type;
        peer.channel().write(header, 0, header.length);
        peer.assertBlamed();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, -2})
    void a_stream_id_that_is_not_the_peers_ends_the_connection(int id) throws IOException {
        peer.send(FrameType.WINDOW_UPDATE, FrameHeader.SYN, id, 0);
        peer.assertBlamed();
    }

    @Test
    void a_stream_opened_twice_ends_the_connection() throws IOException {
        peer.send(FrameType.WINDOW_UPDATE, FrameHeader.SYN, 1, 0);
        peer.send(FrameType.WINDOW_UPDATE, FrameHeader.SYN, 1, 0);
        peer.assertBlamed();
    }

    @Test
    void an_id_that_is_used_again_is_a_new_stream() throws Exception {
        peer.data(FrameHeader.SYN | FrameHeader.FIN, 1, new byte[] {1});
        MuxedStream first = take();
        first.closeWrite();
        peer.until(frame -> frame.has(FrameHeader.FIN));

        peer.send(FrameType.WINDOW_UPDATE, FrameHeader.SYN, 1, 0);
        peer.data(0, 1, new byte[] {2});

        byte[] got = new byte[1];
        assertThat(take().read(got, 0, 1)).isEqualTo(1);
        assertThat(got).containsExactly(2);
    }

    @Test
    void streams_may_be_opened_out_of_order_as_gos_racing_openers_do() throws Exception {
        peer.send(FrameType.WINDOW_UPDATE, FrameHeader.SYN, 5, 0);
        peer.send(FrameType.WINDOW_UPDATE, FrameHeader.SYN, 3, 0);
        take();
        take();
        peer.settle();
        assertThat(connection.streams()).isEqualTo(2);
    }

    @Test
    void a_payload_of_exactly_the_window_is_taken() throws Exception {
        peer.data(FrameHeader.SYN, 1, new byte[ReceiveWindow.FIRST]);
        peer.settle();
        byte[] got = new byte[ReceiveWindow.FIRST];
        int n = take().read(got, 0, got.length);
        assertThat(n).isPositive();
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                ReceiveWindow.FIRST + 1, // one too many, in the frame that opens the stream
                ReceiveWindow.MOST, // what another stream might have
                Integer.MAX_VALUE,
                -1 // the largest, as it is unsigned
            })
    void a_payload_over_the_window_ends_the_connection_before_any_of_it_is_held(int length)
            throws IOException {
        peer.send(FrameType.DATA, FrameHeader.SYN, 1, length);
        peer.assertBlamed();
        assertThat(memory.most()).isLessThan(10_000);
    }

    @Test
    void a_window_overrun_in_many_frames_ends_the_connection() throws IOException {
        peer.data(FrameHeader.SYN, 1, new byte[ReceiveWindow.FIRST - 10]);
        peer.data(0, 1, new byte[10]);
        peer.data(0, 1, new byte[1]);
        peer.assertBlamed();
    }

    @Test
    void data_after_the_end_resets_the_stream_alone() throws Exception {
        peer.data(FrameHeader.SYN | FrameHeader.FIN, 1, new byte[3]);
        peer.data(0, 1, new byte[4]);
        peer.untilReset(1);
        assertThatExceptionOfType(StreamResetException.class)
                .isThrownBy(() -> take().read(new byte[9], 0, 9));
        peer.settle();
    }

    @Test
    void frames_of_unknown_streams_are_dropped_without_a_word() throws IOException {
        peer.data(0, 99, new byte[100_000]);
        peer.data(FrameHeader.FIN, 2, new byte[3]);
        peer.send(FrameType.WINDOW_UPDATE, FrameHeader.RST, 7, 0);
        peer.send(FrameType.WINDOW_UPDATE, 0, 0, 5);
        peer.send(FrameType.PING, FrameHeader.ACK, 0, 4711);
        peer.settle();
        assertThat(connection.isClosed()).isFalse();
    }

    @Test
    void a_stream_opened_taken_and_ended_in_one_frame_is_whole() throws Exception {
        peer.data(FrameHeader.SYN | FrameHeader.ACK | FrameHeader.FIN, 1, new byte[] {8});
        MuxedStream stream = take();
        byte[] got = new byte[4];
        assertThat(stream.read(got, 0, 4)).isEqualTo(1);
        assertThat(stream.read(got, 0, 4)).isEqualTo(-1);
    }

    @Test
    void credit_beyond_all_measure_does_not_overflow() throws Exception {
        peer.send(FrameType.WINDOW_UPDATE, FrameHeader.SYN, 1, -1);
        peer.send(FrameType.WINDOW_UPDATE, 0, 1, -1);
        peer.send(FrameType.WINDOW_UPDATE, 0, 1, -1);
        peer.settle();
        take().write(new byte[1_000], 0, 1_000);
        assertThat(peer.until(frame -> frame.type() == FrameType.DATA).length()).isEqualTo(1_000);
    }

    @Test
    void what_nobody_reads_is_never_credited() throws Exception {
        peer.data(FrameHeader.SYN, 1, new byte[ReceiveWindow.FIRST]);
        peer.settle();
        MuxedStream stream = take();
        peer.send(FrameType.PING, FrameHeader.SYN, 0, 1);
        FrameHeader answer = peer.next();
        assertThat(answer.type()).as("no window update came before").isEqualTo(FrameType.PING);
        byte[] target = new byte[ReceiveWindow.FIRST / 2];
        for (int n = 0; n < target.length; ) n += stream.read(target, n, target.length - n);
        FrameHeader update = peer.until(frame -> frame.type() == FrameType.WINDOW_UPDATE);
        assertThat(update.length()).isGreaterThanOrEqualTo(ReceiveWindow.FIRST / 2);
    }

    /// CVE-2022-23492, CVE-2022-23486.
    @Test
    void a_thousand_streams_full_of_data_hold_no_more_than_the_budget() throws Exception {
        byte[] full = new byte[ReceiveWindow.FIRST];
        AtomicBoolean sent = new AtomicBoolean();
        Thread sender =
                Thread.startVirtualThread(
                        () -> {
                            try {
                                for (int i = 0; i < 1_000; i++)
                                    peer.data(FrameHeader.SYN, 2 * i + 1, full);
                                sent.set(true);
                            } catch (IOException e) {
                                Thread.currentThread().interrupt();
                            }
                        });
        int[] resets = {0};
        while (resets[0] < 900) peer.until(frame -> frame.has(FrameHeader.RST) && ++resets[0] > 0);
        sender.join();
        assertThat(sent).isTrue();
        assertThat(memory.most()).isLessThanOrEqualTo(8 * MEGABYTE);
        assertThat(connection.isClosed()).isFalse();
    }

    @Test
    void streams_beyond_the_most_are_refused() throws Exception {
        for (int i = 0; i <= YamuxConnection.MOST_INCOMING; i++)
            peer.send(FrameType.WINDOW_UPDATE, FrameHeader.SYN, 2 * i + 1, 0);
        peer.untilReset(2 * YamuxConnection.MOST_INCOMING + 1);
        assertThat(connection.streams()).isEqualTo(YamuxConnection.MOST_INCOMING);
        for (MuxedStream each : accepted) each.reset();
    }

    @Test
    void a_ping_flood_ends_the_connection() throws IOException {
        for (int i = 0; i <= Demultiplexer.MOST_PINGS; i++)
            peer.send(FrameType.PING, FrameHeader.SYN, 0, i);
        peer.assertBlamed();
    }

    @Test
    void a_flood_of_streams_reset_at_once_ends_the_connection() throws Exception {
        SocketDuplex channel = peer.channel();
        byte[] pair = new byte[2 * FrameHeader.BYTES];
        for (int i = 0; i <= Demultiplexer.MOST_RESETS; i++) {
            int id = 2 * i + 1;
            FrameHeader.write(pair, 0, FrameType.WINDOW_UPDATE, FrameHeader.SYN, id, 0);
            FrameHeader.write(pair, 12, FrameType.WINDOW_UPDATE, FrameHeader.RST, id, 0);
            channel.write(pair, 0, pair.length);
        }
        peer.assertBlamed();
    }

    @Test
    void a_peer_that_owes_reading_is_given_up() throws Exception {
        await().atMost(50, TimeUnit.SECONDS)
                .until(
                        () -> {
                            for (int i = 0; i < 10_000; i++) connection.answerPing(i);
                            return connection.isClosed();
                        });
    }

    @Test
    void a_peer_that_never_reads_is_given_up_and_its_writers_are_told() throws Exception {
        peer.send(FrameType.WINDOW_UPDATE, FrameHeader.SYN, 1, 1 << 30);
        MuxedStream stream = take();
        AtomicReference<IOException> told = new AtomicReference<>();
        Thread writing =
                Thread.startVirtualThread(
                        () -> {
                            try {
                                stream.write(new byte[32 * MEGABYTE], 0, 32 * MEGABYTE);
                            } catch (IOException e) {
                                told.set(e);
                            }
                        });
        AtomicLong write = new AtomicLong();
        await().during(Duration.ofMillis(500))
                .atMost(Duration.ofSeconds(30))
                .until(
                        () ->
                                write.getAndSet(connection.outbox().currentWrite()) != 0
                                        && write.get() == connection.outbox().currentWrite());
        connection.tick();
        for (int i = 0; i < YamuxConnection.TICKS_TO_ANSWER; i++) {
            assertThat(connection.isClosed()).isFalse();
            connection.tick();
        }
        assertThat(connection.isClosed()).isTrue();
        writing.join();
        assertThat(told.get()).isInstanceOf(ConnectionClosedException.class);
    }

    @Test
    void a_silent_peer_is_asked_and_then_given_up() throws Exception {
        peer.next(); // what the connection asks at its beginning
        for (int i = 0; i < YamuxConnection.TICKS_UNTIL_ASKED; i++) connection.tick();
        FrameHeader question = peer.next();
        assertThat(question.type()).isEqualTo(FrameType.PING);
        assertThat(question.has(FrameHeader.SYN)).isTrue();
        for (int i = 0; i < YamuxConnection.TICKS_TO_ANSWER - 1; i++) connection.tick();
        assertThat(connection.isClosed()).isFalse();
        connection.tick();
        assertThat(connection.isClosed()).isTrue();
    }

    @Test
    void a_peer_that_answers_is_kept_and_its_round_trip_known() throws Exception {
        FrameHeader question = peer.next();
        assertThat(connection.roundTrip()).isEmpty();
        peer.send(FrameType.PING, FrameHeader.ACK, 0, (int) question.length());
        peer.settle();
        assertThat(connection.roundTrip()).isPresent();
        for (int i = 0; i < 5 * YamuxConnection.TICKS_UNTIL_ASKED; i++) {
            peer.settle();
            connection.tick();
        }
        assertThat(connection.isClosed()).isFalse();
    }

    @Test
    void a_stream_that_only_the_peer_leaves_open_is_reset_after_a_while() throws Exception {
        peer.send(FrameType.WINDOW_UPDATE, FrameHeader.SYN, 1, 0);
        take().close();
        peer.until(frame -> frame.has(FrameHeader.FIN));
        peer.settle();
        for (int i = 0; i < YamuxStream.MOST_LINGERED; i++) {
            peer.settle();
            connection.tick();
        }
        assertThat(connection.streams()).isEqualTo(1);
        connection.tick();
        peer.untilReset(1);
        assertThat(connection.streams()).isZero();
    }

    @Test
    void what_a_peer_sent_before_it_left_is_still_read() throws Exception {
        peer.data(FrameHeader.SYN, 1, new byte[] {1, 2, 3});
        peer.send(FrameType.GO_AWAY, 0, 0, 0);
        MuxedStream stream = take();
        await().until(connection::isClosed);
        assertThat(stream.read(new byte[9], 0, 9)).isEqualTo(3);
        assertThatExceptionOfType(ConnectionClosedException.class)
                .isThrownBy(() -> stream.read(new byte[9], 0, 9));
    }

    @Test
    void what_a_peer_finished_before_it_reset_the_rest_is_read_or_dropped() throws Exception {
        for (int id : new int[] {1, 3}) {
            peer.data(FrameHeader.SYN | FrameHeader.FIN, id, new byte[9]);
            peer.send(FrameType.WINDOW_UPDATE, FrameHeader.RST, id, 0);
        }
        peer.settle();
        MuxedStream read = take();
        assertThat(read.read(new byte[10], 0, 10)).isEqualTo(9);
        assertThat(read.read(new byte[10], 0, 10)).isEqualTo(-1);
        assertThatExceptionOfType(StreamResetException.class)
                .isThrownBy(() -> read.write(new byte[1], 0, 1));
        MuxedStream dropped = take();
        dropped.reset();
        assertThatExceptionOfType(StreamResetException.class)
                .isThrownBy(() -> dropped.read(new byte[10], 0, 10));
        assertThat(memory.used()).isZero();
    }

    @Test
    void an_end_stands_alone_in_its_frame() throws Exception {
        peer.send(FrameType.WINDOW_UPDATE, FrameHeader.SYN, 1, 0);
        MuxedStream stream = take();
        stream.write(new byte[10], 0, 10);
        stream.close();
        FrameHeader end = peer.until(frame -> frame.has(FrameHeader.FIN));
        assertThat(end.type()).isEqualTo(FrameType.WINDOW_UPDATE);
        assertThat(end.length()).isZero();
    }

    @Test
    void a_frame_with_its_header_fills_a_cipher_frame() throws Exception {
        peer.send(FrameType.WINDOW_UPDATE, FrameHeader.SYN, 1, 0);
        MuxedStream stream = take();
        peer.settle();
        stream.write(new byte[200_000], 0, 200_000);
        FrameHeader frame = peer.until(each -> each.type() == FrameType.DATA);
        assertThat(frame.length() + FrameHeader.BYTES).isEqualTo(Outbox.CIPHER_FRAME);
    }

    private MuxedStream take() throws InterruptedException {
        MuxedStream stream = accepted.poll(20, TimeUnit.SECONDS);
        assertThat(stream).isNotNull();
        taken.add(stream);
        return stream;
    }
}
