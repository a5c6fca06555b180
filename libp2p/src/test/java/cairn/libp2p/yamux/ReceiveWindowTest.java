package cairn.libp2p.yamux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import cairn.libp2p.limits.LimitExceededException;
import org.junit.jupiter.api.Test;

class ReceiveWindowTest {
    private static final int HALF = ReceiveWindow.FIRST / 2;
    private static final long ROUND_TRIP = 50_000_000;
    private static final long SLOWLY = 60_000_000_000L;

    private final CountedMemory memory = new CountedMemory(64 << 20);
    private final ReceiveWindow window = new ReceiveWindow(memory, 0);
    private long now;

    @Test
    void nothing_is_reserved_before_anything_comes() {
        assertThat(memory.used()).isZero();
        assertThat(window.size()).isEqualTo(ReceiveWindow.FIRST);
    }

    @Test
    void what_is_held_is_reserved_and_given_back() throws Exception {
        window.hold(1_000);
        window.hold(500);
        assertThat(memory.used()).isEqualTo(1_500);
        window.release(1_000);
        assertThat(memory.used()).isEqualTo(500);
        window.close();
        assertThat(memory.used()).isZero();
    }

    @Test
    void without_memory_nothing_is_held() {
        ReceiveWindow poor = new ReceiveWindow(new CountedMemory(10), 0);
        assertThatExceptionOfType(LimitExceededException.class).isThrownBy(() -> poor.hold(11));
        poor.close();
    }

    @Test
    void credit_goes_back_once_half_is_read() throws Exception {
        window.announced(ReceiveWindow.FIRST);
        assertThat(window.consumed(HALF - 1, now, 0)).isZero();
        assertThat(window.consumed(1, now, 0)).isEqualTo(HALF);
    }

    @Test
    void no_more_may_come_than_is_open() throws Exception {
        window.announced(ReceiveWindow.FIRST);
        assertThatExceptionOfType(ProtocolViolationException.class)
                .isThrownBy(() -> window.announced(1));
        window.consumed(HALF, now, 0);
        window.announced(HALF);
        assertThatExceptionOfType(ProtocolViolationException.class)
                .isThrownBy(() -> window.announced(1));
    }

    @Test
    void a_window_read_fast_doubles_up_to_the_most() throws Exception {
        for (int size = ReceiveWindow.FIRST; size < ReceiveWindow.MOST; size *= 2) {
            int granted = readHalf(ROUND_TRIP);
            assertThat(granted).isEqualTo(size / 2 + size);
            assertThat(window.size()).isEqualTo(2 * size);
        }
        assertThat(readHalf(ROUND_TRIP)).isEqualTo(ReceiveWindow.MOST / 2);
        assertThat(memory.used()).isEqualTo(ReceiveWindow.MOST - ReceiveWindow.FIRST);
        window.close();
        assertThat(memory.used()).isZero();
    }

    @Test
    void a_window_read_slower_than_four_round_trips_stays() throws Exception {
        readHalf(4 * ROUND_TRIP);
        assertThat(window.size()).isEqualTo(ReceiveWindow.FIRST);
        readHalf(4 * ROUND_TRIP - 1);
        assertThat(window.size()).isEqualTo(2 * ReceiveWindow.FIRST);
    }

    @Test
    void a_window_whose_round_trip_is_unknown_stays() throws Exception {
        window.announced(HALF);
        assertThat(window.consumed(HALF, now, 0)).isEqualTo(HALF);
        assertThat(window.size()).isEqualTo(ReceiveWindow.FIRST);
    }

    @Test
    void a_window_stays_where_no_memory_is_to_spare() throws Exception {
        ReceiveWindow poor = new ReceiveWindow(new CountedMemory(ReceiveWindow.FIRST), 0);
        poor.announced(HALF);
        assertThat(poor.consumed(HALF, 1, ROUND_TRIP)).isEqualTo(HALF);
        assertThat(poor.size()).isEqualTo(ReceiveWindow.FIRST);
    }

    @Test
    void a_window_read_very_slowly_shrinks_and_its_memory_is_given_back() throws Exception {
        while (window.size() < ReceiveWindow.MOST) readHalf(ROUND_TRIP);
        assertThat(readHalf(SLOWLY)).as("nothing is granted again").isZero();
        assertThat(window.size()).isEqualTo(ReceiveWindow.MOST / 2);
        assertThat(memory.used()).isEqualTo(ReceiveWindow.MOST / 2 - ReceiveWindow.FIRST);
        window.announced(ReceiveWindow.MOST / 2);
        assertThatExceptionOfType(ProtocolViolationException.class)
                .isThrownBy(() -> window.announced(1));
    }

    private int readHalf(long took) throws ProtocolViolationException {
        now += took;
        int half = window.size() / 2;
        window.announced(half);
        return window.consumed(half, now, ROUND_TRIP);
    }
}
