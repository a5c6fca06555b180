package cairn.libp2p.quic;

import static org.assertj.core.api.Assertions.assertThat;

import cairn.libp2p.muxer.MuxedStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// How soon the other end learns of an end that is said after its bytes have arrived. What is
/// counted are round trips of another stream, which a slow machine slows down just the same.
@Timeout(60)
class QuicHalfCloseTest {
    /// Some for what the threads of a busy machine do in between.
    private static final int FEW = 50;

    private static final int TRIES = 10;
    private static final int WARM_UP = 300;
    private static final byte[] ONE = new byte[1];

    private final QuicPair pair;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final BlockingQueue<MuxedStream> incoming = new LinkedBlockingQueue<>();
    private QuicConnection dialled;
    private MuxedStream ping;
    private MuxedStream pong;

    QuicHalfCloseTest() throws IOException {
        pair = new QuicPair();
    }

    @BeforeEach
    void connect_and_warm_up() throws Exception {
        dialled = (QuicConnection) pair.dial().muxed();
        pair.takeAccepted().muxed().start(incoming::add);
        dialled.start(MuxedStream::reset);
        ping = dialled.open();
        ping.write(ONE, 0, 1);
        pong = incoming.poll(10, TimeUnit.SECONDS);
        pong.write(ONE, 0, 1);
        pong.read(new byte[1], 0, 1);
        ping.read(new byte[1], 0, 1);
        for (int i = 0; i < WARM_UP; i++) round();
    }

    @AfterEach
    void close_all() {
        pair.close();
        threads.close();
    }

    @Test
    void an_end_that_is_said_late_arrives_at_once() throws Exception {
        List<Integer> rounds = new ArrayList<>();
        for (int i = 0; i < TRIES; i++) {
            MuxedStream near = dialled.open();
            Future<?> ended = readToTheEnd(near);
            near.closeWrite();
            rounds.add(roundsUntil(ended));
            near.close();
        }
        assertThat(median(rounds)).as("median of %s", rounds).isLessThan(FEW);
    }

    @Test
    void the_end_of_a_stream_that_is_closed_late_arrives_at_once() throws Exception {
        List<Integer> rounds = new ArrayList<>();
        for (int i = 0; i < TRIES; i++) {
            MuxedStream near = dialled.open();
            Future<?> ended = readToTheEnd(near);
            near.close();
            rounds.add(roundsUntil(ended));
        }
        assertThat(median(rounds)).as("median of %s", rounds).isLessThan(FEW);
    }

    @Test
    void what_was_sent_settles_by_the_round_trips_of_now_not_of_the_handshake() throws Exception {
        assertThat(dialled.settles()).isBetween(1L, 2 * QuicConnection.ACK_DELAY.toNanos());
    }

    /// Has the first byte of a stream read, and then waits for its end in a thread of its own.
    private Future<?> readToTheEnd(MuxedStream near) throws Exception {
        near.write(ONE, 0, 1);
        MuxedStream far = incoming.poll(10, TimeUnit.SECONDS);
        assertThat(far.read(new byte[1], 0, 1)).isEqualTo(1);
        // The loop has long taken all that was written when this is done.
        round();
        return threads.submit(() -> far.read(new byte[1], 0, 1));
    }

    private static int median(List<Integer> numbers) {
        return numbers.stream().sorted().toList().get(numbers.size() / 2);
    }

    private int roundsUntil(Future<?> done) throws IOException {
        int rounds = 0;
        while (!done.isDone()) {
            round();
            rounds++;
        }
        return rounds;
    }

    private void round() throws IOException {
        ping.write(ONE, 0, 1);
        pong.read(new byte[1], 0, 1);
        pong.write(ONE, 0, 1);
        ping.read(new byte[1], 0, 1);
    }
}
