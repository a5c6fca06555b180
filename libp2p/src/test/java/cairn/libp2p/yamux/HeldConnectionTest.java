package cairn.libp2p.yamux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cairn.libp2p.limits.MemoryBudget;
import cairn.libp2p.muxer.MuxedStream;
import cairn.libp2p.wire.Duplex;
import cairn.libp2p.wire.MemoryDuplex;
import cairn.libp2p.wire.Role;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What a connection makes of the rate that this end is held to.
@Timeout(30)
class HeldConnectionTest {
    private static final int LONG = 5 * (YamuxConnection.TICKS_UNTIL_ASKED + 2);

    private final MemoryDuplex bare = MemoryDuplex.pair().getFirst();
    private final Held held = new Held();
    private final YamuxConnection connection =
            new YamuxConnection(
                    held,
                    Role.INITIATOR,
                    MemoryBudget.unlimited(),
                    new FrameArrays(),
                    System::nanoTime);

    /// A channel whose writes wait for permits.
    private final class Held implements Duplex {
        private final Semaphore permits = new Semaphore(0);

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            return bare.read(target, offset, length);
        }

        @Override
        public void write(byte[] source, int offset, int length) throws IOException {
            permits.acquireUninterruptibly();
            bare.write(source, offset, length);
        }

        @Override
        public boolean isHeld() {
            return bare.isHeld();
        }

        @Override
        public void close() {
            permits.release(LONG);
            bare.close();
        }
    }

    @BeforeEach
    void start() {
        connection.start(MuxedStream::reset);
        await().until(() -> connection.outbox().currentWrite() != 0);
    }

    @AfterEach
    void close() throws IOException {
        connection.close();
    }

    private void tick(int times) {
        for (int i = 0; i < times; i++) connection.tick();
    }

    @Test
    void a_write_that_waits_for_its_own_rate_is_no_fault_of_the_other_end() {
        bare.hold(true);
        tick(LONG);
        assertThat(connection.isClosed()).isFalse();
        bare.hold(false);
        tick(YamuxConnection.TICKS_TO_ANSWER);
        assertThat(connection.isClosed()).isTrue();
    }

    @Test
    void a_peer_of_which_no_more_is_read_for_now_isn_t_silent() {
        held.permits.release(LONG);
        await().until(() -> connection.outbox().currentWrite() == 0);
        bare.hold(true);
        tick(LONG);
        assertThat(connection.isClosed()).isFalse();
        bare.hold(false);
        tick(YamuxConnection.TICKS_UNTIL_ASKED + YamuxConnection.TICKS_TO_ANSWER);
        assertThat(connection.isClosed()).isTrue();
    }
}
