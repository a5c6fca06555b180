package cairn.libp2p.yamux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cairn.libp2p.limits.MemoryBudget;
import cairn.libp2p.muxer.MuxedStream;
import cairn.libp2p.muxer.SocketDuplex;
import cairn.libp2p.wire.Role;
import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What becomes of the memory of a window that has grown: a connection outlives its streams by
/// days.
@Timeout(30)
class GrownWindowTest {
    private static final int PIECE = ReceiveWindow.FIRST / 2;
    private static final int MOST_PIECES = 200;

    private final CountedMemory memory = new CountedMemory(64 << 20);
    private final BlockingQueue<MuxedStream> accepted = new LinkedBlockingQueue<>();
    private YamuxConnection writing;
    private YamuxConnection reading;
    private MuxedStream writer;
    private MuxedStream reader;

    @BeforeEach
    void grow() throws Exception {
        SocketDuplex.Pair pair = SocketDuplex.connect();
        writing =
                new YamuxConnection(
                        pair.dialler(),
                        Role.INITIATOR,
                        MemoryBudget.unlimited(),
                        new FrameArrays(),
                        System::nanoTime);
        reading =
                new YamuxConnection(
                        pair.listener(),
                        Role.RESPONDER,
                        memory,
                        new FrameArrays(),
                        System::nanoTime);
        writing.start(MuxedStream::reset);
        reading.start(accepted::add);
        await().until(() -> reading.roundTrip().isPresent());
        writer = writing.open();
        writer.write(new byte[1], 0, 1);
        reader = accepted.poll(10, TimeUnit.SECONDS);
        assertThat(reader.read(new byte[1], 0, 1)).isEqualTo(1);
        // As fast as a window grows, a few hundred KiB do; a busy machine needs more.
        for (int i = 0; i < MOST_PIECES && memory.used() < ReceiveWindow.FIRST; i++) pass(PIECE);
        assertThat(memory.used()).isGreaterThanOrEqualTo(ReceiveWindow.FIRST);
    }

    @AfterEach
    void close() throws IOException {
        writing.close();
        reading.close();
    }

    private void pass(int bytes) throws IOException {
        writer.write(new byte[bytes], 0, bytes);
        readFully(bytes);
    }

    private void readFully(int bytes) throws IOException {
        byte[] target = new byte[bytes];
        for (int done = 0; done < bytes; ) done += reader.read(target, done, bytes - done);
    }

    @Test
    void a_stream_that_both_ends_have_ended_holds_nothing() throws Exception {
        writer.closeWrite();
        assertThat(reader.read(new byte[1], 0, 1)).isEqualTo(-1);
        reader.closeWrite();
        await().until(() -> reading.streams() == 0);
        assertThat(memory.used()).isZero();
    }

    @Test
    void after_the_end_has_come_only_what_is_unread_is_held() throws Exception {
        writer.write(new byte[PIECE], 0, PIECE);
        writer.closeWrite();
        await().until(() -> ((YamuxStream) reader).hasEnded());
        assertThat(memory.used()).isGreaterThanOrEqualTo(PIECE);
        readFully(PIECE);
        assertThat(memory.used()).isEqualTo(YamuxConnection.STREAM_COST);
    }

    @Test
    void who_reads_no_more_holds_nothing_for_it() throws Exception {
        reader.closeRead();
        assertThat(memory.used()).isEqualTo(YamuxConnection.STREAM_COST);
    }
}
