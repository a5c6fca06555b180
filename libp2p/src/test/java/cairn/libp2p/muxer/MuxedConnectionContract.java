package cairn.libp2p.muxer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

import cairn.libp2p.wire.Messages;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What every muxed connection does, whatever carries its streams.
@Timeout(60)
public abstract class MuxedConnectionContract {
    /// Long enough for whatever should happen to happen on a busy machine.
    protected static final Duration SOON = Duration.ofSeconds(20);

    /// Short enough for a test, and long enough for a thread to be waiting.
    protected static final Duration A_MOMENT = Duration.ofMillis(150);

    /// More than any implementation takes in for a stream that nobody reads: two largest windows.
    private static final int MORE_THAN_ANY_WINDOW = 40 << 20;

    protected final BlockingQueue<MuxedStream> atListener = new LinkedBlockingQueue<>();
    protected final BlockingQueue<MuxedStream> atDialler = new LinkedBlockingQueue<>();
    protected MuxedConnection dialler;
    protected MuxedConnection listener;
    private final Queue<Future<?>> serving = new ConcurrentLinkedQueue<>();
    private ExecutorService threads;

    /// The two ends of one connection; the one that dialled first. Neither is started.
    public record Ends(MuxedConnection dialler, MuxedConnection listener) {}

    /// Connects two ends over loopback.
    protected abstract Ends connect() throws IOException;

    @BeforeEach
    void open_a_connection() throws IOException {
        threads = Executors.newVirtualThreadPerTaskExecutor();
        Ends ends = connect();
        dialler = ends.dialler();
        listener = ends.listener();
        listener.start(atListener::add);
        dialler.start(atDialler::add);
    }

    @AfterEach
    void close_it() throws IOException {
        dialler.close();
        listener.close();
        threads.shutdownNow();
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                1, // the smallest
                65_506, // about a whole cipher frame
                65_507,
                65_508,
                65_535, // about 64 KiB
                65_536,
                65_537,
                262_143, // about the first window of a yamux stream
                262_144,
                262_145,
                3_000_001 // several windows
            })
    void bytes_arrive_as_they_were_written(int size) throws Exception {
        byte[] sent = random(size);
        MuxedStream near = dialler.open();
        Future<?> writing = run(() -> send(near, sent));
        MuxedStream far = accepted(atListener);
        assertThat(readAll(far)).isEqualTo(sent);
        done(writing);
        far.write(sent, 0, 1);
        far.close();
        assertThat(readAll(near)).hasSize(1);
    }

    @Test
    void both_ends_open_streams() throws Exception {
        MuxedStream toListener = dialler.open();
        MuxedStream toDialler = listener.open();
        toListener.write(new byte[] {1}, 0, 1);
        toDialler.write(new byte[] {2}, 0, 1);
        assertThat(accepted(atListener).read(new byte[9], 0, 9)).isEqualTo(1);
        byte[] got = new byte[9];
        assertThat(accepted(atDialler).read(got, 0, 9)).isEqualTo(1);
        assertThat(got[0]).isEqualTo((byte) 2);
    }

    @Test
    void nothing_read_or_written_is_nothing_done() throws Exception {
        Both both = stream();
        both.near.write(new byte[0], 0, 0);
        assertThat(both.far.read(new byte[0], 0, 0)).isZero();
        both.near.write(new byte[] {7}, 0, 1);
        assertThat(both.far.read(new byte[2], 0, 2)).isEqualTo(1);
    }

    @Test
    void a_direction_ends_and_the_other_goes_on() throws Exception {
        Both both = stream();
        both.near.closeWrite();
        both.near.closeWrite();
        assertThat(both.far.read(new byte[1], 0, 1)).isEqualTo(-1);
        assertThat(both.far.read(new byte[1], 0, 1)).isEqualTo(-1);
        assertThatIOException().isThrownBy(() -> both.near.write(new byte[1], 0, 1));
        both.far.write(new byte[] {5}, 0, 1);
        both.far.closeWrite();
        assertThat(readAll(both.near)).containsExactly(5);
    }

    @Test
    void what_was_written_before_the_end_is_still_read() throws Exception {
        Both both = stream();
        byte[] sent = random(100_000);
        both.near.write(sent, 0, sent.length);
        both.near.close();
        both.near.close();
        assertThat(readAll(both.far)).isEqualTo(sent);
    }

    @Test
    void the_opener_sees_the_acceptors_reset() throws Exception {
        Both both = stream();
        both.far.reset();
        assertReset(both.near);
        assertReset(both.far);
    }

    @Test
    void the_acceptor_sees_the_openers_reset() throws Exception {
        Both both = stream();
        both.near.reset();
        both.near.reset();
        assertReset(both.far);
        assertReset(both.near);
    }

    @Test
    void each_failure_is_an_exception_of_its_own() throws Exception {
        Both both = stream();
        both.near.reset();
        Throwable first = failure(run(() -> both.far.read(new byte[1], 0, 1)));
        Throwable second = failure(run(() -> both.far.read(new byte[1], 0, 1)));
        assertThat(second).isNotSameAs(first).hasSameClassAs(first);
        Throwable third = failure(run(() -> both.near.write(new byte[1], 0, 1)));
        Throwable fourth = failure(run(() -> both.near.write(new byte[1], 0, 1)));
        assertThat(fourth).isNotSameAs(third).hasSameClassAs(third);
    }

    @Test
    void a_reset_right_after_a_write_is_no_end_though_the_stream_is_closed_then() throws Exception {
        for (int i = 0; i < 50; i++) {
            Both both = stream();
            both.far.write(new byte[10], 0, 10);
            both.far.reset();
            both.far.close();
            assertThat(failure(run(() -> readAll(both.near))))
                    .isInstanceOf(StreamResetException.class);
        }
    }

    @Test
    void a_reset_wakes_a_waiting_reader_at_both_ends() throws Exception {
        Both both = stream();
        Future<?> near = run(() -> both.near.read(new byte[1], 0, 1));
        Future<?> far = run(() -> both.far.read(new byte[1], 0, 1));
        both.near.reset();
        assertThat(failure(near)).isInstanceOf(StreamResetException.class);
        assertThat(failure(far)).isInstanceOf(StreamResetException.class);
    }

    @Test
    void a_reset_wakes_a_waiting_writer() throws Exception {
        Both both = stream();
        Future<?> writing = run(() -> both.near.write(new byte[MORE_THAN_ANY_WINDOW], 0, 1 << 25));
        assertStillWaiting(writing);
        both.far.reset();
        assertThat(failure(writing)).isInstanceOf(StreamResetException.class);
    }

    @Test
    void a_reset_of_one_stream_leaves_the_others() throws Exception {
        Both one = stream();
        Both two = stream();
        one.near.reset();
        assertReset(one.far);
        two.near.write(new byte[] {1}, 0, 1);
        assertThat(two.far.read(new byte[1], 0, 1)).isEqualTo(1);
    }

    @Test
    void a_reader_waits_until_its_deadline() throws Exception {
        Both both = stream();
        both.near.deadline(A_MOMENT);
        assertThatExceptionOfType(InterruptedIOException.class)
                .isThrownBy(() -> both.near.read(new byte[1], 0, 1));
    }

    @Test
    void a_writer_waits_until_its_deadline() throws Exception {
        Both both = stream();
        both.near.deadline(A_MOMENT);
        assertThatExceptionOfType(InterruptedIOException.class)
                .isThrownBy(() -> both.near.write(new byte[MORE_THAN_ANY_WINDOW], 0, 1 << 25));
    }

    @Test
    void a_deadline_reaches_who_waits_already() throws Exception {
        Both both = stream();
        Future<?> reading = run(() -> both.near.read(new byte[1], 0, 1));
        assertStillWaiting(reading);
        both.near.deadline(Duration.ofMillis(1));
        assertThat(failure(reading)).isInstanceOf(InterruptedIOException.class);
    }

    @Test
    void a_deadline_that_has_passed_fails_even_what_needs_no_waiting() throws Exception {
        Both both = stream();
        both.near.write(new byte[2], 0, 2);
        assertThat(both.far.read(new byte[1], 0, 1)).isEqualTo(1);
        both.far.deadline(Duration.ofNanos(1));
        assertThatExceptionOfType(InterruptedIOException.class)
                .isThrownBy(() -> both.far.read(new byte[1], 0, 1));
        assertThatExceptionOfType(InterruptedIOException.class)
                .isThrownBy(() -> both.far.write(new byte[1], 0, 1));
    }

    @Test
    void a_deadline_is_lifted_by_zero() throws Exception {
        Both both = stream();
        both.far.deadline(Duration.ofNanos(1));
        both.far.deadline(Duration.ZERO);
        both.near.write(new byte[1], 0, 1);
        assertThat(both.far.read(new byte[1], 0, 1)).isEqualTo(1);
    }

    @Test
    void an_interrupted_reader_fails_and_nothing_else() throws Exception {
        Both both = stream();
        AtomicReference<Thread> reader = new AtomicReference<>();
        Future<?> reading =
                run(
                        () -> {
                            reader.set(Thread.currentThread());
                            return both.near.read(new byte[1], 0, 1);
                        });
        assertStillWaiting(reading);
        reader.get().interrupt();
        assertThat(failure(reading)).isInstanceOf(InterruptedIOException.class);
        both.far.write(new byte[] {9}, 0, 1);
        assertThat(both.near.read(new byte[1], 0, 1)).isEqualTo(1);
    }

    @Test
    void an_interrupted_writer_harms_no_other_stream() throws Exception {
        Both both = stream();
        Both other = stream();
        AtomicReference<Thread> writer = new AtomicReference<>();
        Future<?> writing =
                run(
                        () -> {
                            writer.set(Thread.currentThread());
                            both.near.write(new byte[MORE_THAN_ANY_WINDOW], 0, 1 << 25);
                            return null;
                        });
        assertStillWaiting(writing);
        writer.get().interrupt();
        assertThat(failure(writing)).isInstanceOf(InterruptedIOException.class);
        both.near.reset();
        other.near.write(new byte[] {9}, 0, 1);
        assertThat(other.far.read(new byte[1], 0, 1)).isEqualTo(1);
    }

    @Test
    void a_writer_waits_for_a_reader_and_goes_on_when_it_reads() throws Exception {
        Both both = stream();
        AtomicLong written = new AtomicLong();
        byte[] piece = random(64 << 10);
        int pieces = MORE_THAN_ANY_WINDOW / piece.length;
        Future<?> writing =
                run(
                        () -> {
                            for (int i = 0; i < pieces; i++) {
                                both.near.write(piece, 0, piece.length);
                                written.addAndGet(piece.length);
                            }
                            both.near.closeWrite();
                            return null;
                        });
        assertStillWaiting(writing);
        assertThat(written).hasValueLessThan(MORE_THAN_ANY_WINDOW);
        long read = 0;
        byte[] target = new byte[100_000];
        for (int n; (n = both.far.read(target, 0, target.length)) >= 0; ) read += n;
        done(writing);
        assertThat(read).isEqualTo((long) pieces * piece.length);
    }

    @Test
    void a_stream_that_nobody_reads_holds_up_no_other() throws Exception {
        Both stuck = stream();
        Both free = stream();
        Future<?> writing = run(() -> stuck.near.write(new byte[MORE_THAN_ANY_WINDOW], 0, 1 << 25));
        assertStillWaiting(writing);
        byte[] sent = random(1_000_000);
        Future<?> other = run(() -> send(free.near, sent));
        assertThat(readAll(free.far)).isEqualTo(sent);
        done(other);
        stuck.near.reset();
        assertThat(failure(writing)).isInstanceOf(StreamResetException.class);
    }

    @Test
    void after_the_reading_is_closed_the_other_end_can_still_write_all() throws Exception {
        Both both = stream();
        both.near.write(new byte[1], 0, 1);
        both.far.closeRead();
        assertThatIOException().isThrownBy(() -> both.far.read(new byte[1], 0, 1));
        run(() -> send(both.near, new byte[MORE_THAN_ANY_WINDOW])).get(50, TimeUnit.SECONDS);
        both.far.write(new byte[] {3}, 0, 1);
        assertThat(both.near.read(new byte[1], 0, 1)).isEqualTo(1);
    }

    @Test
    void large_streams_both_ways_at_once_all_arrive() throws Exception {
        int streams = 8;
        byte[] sent = random(2 << 20);
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < streams; i++) {
            all.add(run(() -> echoed(dialler, sent)));
            all.add(run(() -> echoed(listener, sent)));
        }
        serveEchoes(streams);
        for (Future<?> each : all) done(each);
    }

    @Test
    void a_thousand_streams_two_hundred_at_once() throws Exception {
        AtomicInteger left = new AtomicInteger(1_000);
        byte[] sent = random(1_000);
        serveEchoes(1_000);
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < 200; i++)
            all.add(
                    run(
                            () -> {
                                while (left.getAndDecrement() > 0) echoed(dialler, sent);
                                return null;
                            }));
        for (Future<?> each : all) done(each);
        await().atMost(SOON).until(() -> dialler.streams() == 0 && listener.streams() == 0);
    }

    @Test
    void two_hundred_streams_stay_open_at_once_and_are_counted() throws Exception {
        List<Both> all = new ArrayList<>();
        for (int i = 0; i < 200; i++) all.add(stream());
        assertThat(dialler.streams()).isEqualTo(200);
        assertThat(listener.streams()).isEqualTo(200);
        for (Both both : all) both.near.close();
        for (Both both : all) both.far.close();
        await().atMost(SOON).until(() -> dialler.streams() == 0 && listener.streams() == 0);
    }

    @Test
    void data_on_its_way_when_the_connection_is_closed_arrives() throws Exception {
        Both both = stream();
        byte[] sent = random(200_000);
        both.near.write(sent, 0, sent.length);
        both.near.closeWrite();
        dialler.close();
        assertThat(readAll(both.far)).isEqualTo(sent);
    }

    @Test
    void when_an_end_closes_all_streams_of_both_ends_end() throws Exception {
        Both both = stream();
        Future<?> near = run(() -> both.near.read(new byte[1], 0, 1));
        Future<?> far = run(() -> both.far.read(new byte[1], 0, 1));
        assertStillWaiting(near);
        listener.close();
        assertThat(failure(near)).isInstanceOf(ConnectionClosedException.class);
        assertThat(failure(far)).isInstanceOf(ConnectionClosedException.class);
        assertThatIOException().isThrownBy(() -> both.near.write(new byte[1], 0, 1));
        assertThatExceptionOfType(ConnectionClosedException.class).isThrownBy(() -> dialler.open());
        await().atMost(SOON).until(() -> dialler.isClosed() && listener.isClosed());
        assertThat(dialler.streams()).isZero();
    }

    @Test
    void whoever_asks_is_told_once_that_the_connection_has_ended() throws Exception {
        AtomicInteger atDialler = new AtomicInteger();
        AtomicInteger atListener = new AtomicInteger();
        dialler.whenClosed(atDialler::incrementAndGet);
        listener.whenClosed(atListener::incrementAndGet);
        assertThat(dialler.isClosed()).isFalse();
        dialler.close();
        dialler.close();
        await().atMost(SOON).until(() -> atDialler.get() == 1 && atListener.get() == 1);
        dialler.whenClosed(atDialler::incrementAndGet);
        await().atMost(SOON).until(() -> atDialler.get() == 2);
        assertThat(atListener).hasValue(1);
    }

    @Test
    void a_reset_never_waits_even_when_the_other_end_reads_nothing() throws Exception {
        Both both = stream();
        Future<?> writing = run(() -> both.near.write(new byte[MORE_THAN_ANY_WINDOW], 0, 1 << 25));
        assertStillWaiting(writing);
        done(
                run(
                        () -> {
                            both.near.reset();
                            both.far.reset();
                            return null;
                        }));
        assertThat(failure(writing)).isInstanceOf(StreamResetException.class);
    }

    /// A stream seen from both ends.
    public record Both(MuxedStream near, MuxedStream far) {}

    /// Opens a stream from the dialler, and takes it at the listener.
    protected Both stream() throws IOException, InterruptedException {
        MuxedStream near = dialler.open();
        near.write(new byte[] {42}, 0, 1);
        MuxedStream far = accepted(atListener);
        assertThat(far.read(new byte[1], 0, 1)).isEqualTo(1);
        return new Both(near, far);
    }

    protected static MuxedStream accepted(BlockingQueue<MuxedStream> from)
            throws InterruptedException {
        MuxedStream stream = from.poll(SOON.toSeconds(), TimeUnit.SECONDS);
        assertThat(stream).as("a stream that was opened").isNotNull();
        return stream;
    }

    protected static byte[] readAll(MuxedStream from) throws IOException {
        byte[] all = new byte[1 << 16];
        int size = 0;
        for (int n; (n = from.read(all, size, all.length - size)) >= 0; size += n)
            if (size + n == all.length) all = Arrays.copyOf(all, all.length * 2);
        return Arrays.copyOf(all, size);
    }

    protected static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    protected interface Write {
        void run() throws IOException;
    }

    /// Runs on a thread of its own.
    protected Future<?> run(Callable<?> action) {
        return threads.submit(action);
    }

    /// Runs on a thread of its own.
    protected Future<?> run(Write action) {
        return threads.submit(
                () -> {
                    action.run();
                    return null;
                });
    }

    private static void send(MuxedStream to, byte[] bytes) throws IOException {
        to.write(bytes, 0, bytes.length);
        to.closeWrite();
    }

    private Object echoed(MuxedConnection over, byte[] sent)
            throws IOException, InterruptedException {
        MuxedStream stream = over.open();
        Future<?> writing = run(() -> send(stream, sent));
        byte[] got = new byte[sent.length];
        Messages.readFully(stream, got, 0, got.length);
        assertThat(stream.read(new byte[1], 0, 1)).isEqualTo(-1);
        assertThat(Arrays.equals(got, sent)).isTrue();
        stream.close();
        try {
            return writing.get();
        } catch (ExecutionException e) {
            throw new IOException("writing failed", e);
        }
    }

    private void serveEchoes(int streams) {
        for (BlockingQueue<MuxedStream> from : List.of(atListener, atDialler))
            serving.add(
                    run(
                            () -> {
                                for (int i = 0; i < streams; i++) {
                                    MuxedStream stream = from.take();
                                    serving.add(run(() -> echo(stream)));
                                }
                                return null;
                            }));
    }

    private static void echo(MuxedStream stream) throws IOException {
        byte[] bytes = new byte[50_000];
        for (int n; (n = stream.read(bytes, 0, bytes.length)) >= 0; ) stream.write(bytes, 0, n);
        stream.close();
    }

    protected static void assertReset(MuxedStream stream) {
        assertThatExceptionOfType(StreamResetException.class)
                .isThrownBy(() -> stream.read(new byte[1], 0, 1));
        assertThatExceptionOfType(StreamResetException.class)
                .isThrownBy(() -> stream.write(new byte[1], 0, 1));
    }

    protected static void assertStillWaiting(Future<?> action) {
        assertThatExceptionOfType(TimeoutException.class)
                .isThrownBy(() -> action.get(A_MOMENT.toMillis(), TimeUnit.MILLISECONDS));
    }

    protected static void done(Future<?> action)
            throws InterruptedException, ExecutionException, TimeoutException {
        action.get(SOON.toSeconds(), TimeUnit.SECONDS);
    }

    protected static Throwable failure(Future<?> action)
            throws InterruptedException, TimeoutException {
        try {
            done(action);
        } catch (ExecutionException e) {
            return e.getCause();
        }
        throw new AssertionError("succeeded");
    }
}
