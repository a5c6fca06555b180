package cairn.libp2p.quic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import cairn.libp2p.bandwidth.Bandwidth;
import cairn.libp2p.bandwidth.Rates;
import cairn.libp2p.limits.MemoryBudget;
import cairn.libp2p.limits.Meter;
import cairn.libp2p.muxer.MuxedStream;
import cairn.libp2p.muxer.StreamResetException;
import cairn.libp2p.transport.Admission;
import cairn.libp2p.transport.Link;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Writes to streams of a connection that is held to a rate.
@Timeout(60)
class QuicRateTest {
    private static final int RATE = 1_000;

    /// What takes longer than any test.
    private static final int HOURS = 10_000 * RATE;

    private final Bandwidth bandwidth =
            new Bandwidth(new Rates(RATE, 0, 0, 0, true), System::nanoTime);
    private final Meter meter = bandwidth.connection(InetAddress.getLoopbackAddress());
    private final QuicPair pair;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private MuxedStream stream;

    QuicRateTest() throws IOException {
        pair = new QuicPair();
    }

    @BeforeEach
    void open_a_stream() throws Exception {
        Link link = pair.client.dial(pair.listener.address(), pair.serverKey.peerId(), held());
        link.muxed().start(MuxedStream::reset);
        pair.takeAccepted().muxed().start(ignored -> {});
        stream = link.muxed().open();
    }

    @AfterEach
    void close_all() {
        pair.close();
        threads.shutdownNow();
    }

    @Test
    void a_deadline_ends_a_write_that_is_held_to_a_rate() {
        stream.deadline(Duration.ofMillis(300));
        assertThatThrownBy(() -> stream.write(new byte[HOURS], 0, HOURS))
                .isInstanceOf(InterruptedIOException.class)
                .hasMessageContaining("deadline");
    }

    @Test
    void a_deadline_reaches_a_write_that_is_held_to_a_rate_already() throws Exception {
        Future<?> write = heldWrite();
        stream.deadline(Duration.ofMillis(300));
        assertThat(failure(write)).isInstanceOf(InterruptedIOException.class);
    }

    @Test
    void a_reset_ends_a_write_that_is_held_to_a_rate() throws Exception {
        Future<?> write = heldWrite();
        stream.reset();
        assertThat(failure(write)).isInstanceOf(StreamResetException.class);
    }

    private Future<?> heldWrite() {
        Future<?> write =
                threads.submit(
                        () -> {
                            stream.write(new byte[HOURS], 0, HOURS);
                            return null;
                        });
        await().during(Duration.ofMillis(100)).until(() -> !write.isDone());
        return write;
    }

    private static Throwable failure(Future<?> write) throws Exception {
        try {
            write.get(20, TimeUnit.SECONDS);
            throw new AssertionError("it was written");
        } catch (ExecutionException e) {
            return e.getCause();
        }
    }

    private Admission held() {
        return new Admission() {
            @Override
            public MemoryBudget memory() {
                return MemoryBudget.unlimited();
            }

            @Override
            public Meter meter() {
                return meter;
            }

            @Override
            public void close() {}
        };
    }
}
