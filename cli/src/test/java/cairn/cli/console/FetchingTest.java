package cairn.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import cairn.dag.FetchStat;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class FetchingTest {
    private static final long SECOND = 1_000_000_000;

    private final AtomicLong clock = new AtomicLong();
    private final AtomicReference<FetchStat> stat = new AtomicReference<>(FetchStat.NONE);
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private final Messages messages = new Messages(shown, true);
    private final Fetching fetching = new Fetching(messages, stat::get, true, clock::get);

    private String drawnAt(long nanos, FetchStat now) {
        clock.set(nanos);
        stat.set(now);
        shown.reset();
        fetching.draw();
        return shown.toString(StandardCharsets.UTF_8);
    }

    @Test
    void nothing_is_shown_where_nothing_is_fetched() {
        assertThat(drawnAt(10 * SECOND, FetchStat.NONE)).isEmpty();
    }

    @Test
    void a_search_tells_who_was_asked_once_it_takes_a_while() {
        FetchStat nobody = new FetchStat(0, 0, 0, 0, 0, 1);
        assertThat(drawnAt(SECOND / 2, nobody)).isEmpty();
        assertThat(drawnAt(SECOND, nobody))
                .contains("looking for a block  nobody to ask is connected  1 s");
        assertThat(drawnAt(3 * SECOND, new FetchStat(4, 1, 2, 1, 0, 7)))
                .contains(
                        "looking for 7 blocks  asked 4 peers: 1 with some of it, 2 without,"
                                + " 1 silent  3 s");
        assertThat(drawnAt(4 * SECOND, new FetchStat(1, 0, 1, 0, 0, 1))).contains("asked 1 peer: ");
    }

    @Test
    void bytes_that_come_are_told_with_speed_and_peers_and_time_left() {
        messages.expect(8 << 20);
        assertThat(drawnAt(SECOND / 4, new FetchStat(2, 2, 0, 0, 1, 9))).isEmpty();
        assertThat(drawnAt(2 * SECOND, new FetchStat(2, 2, 0, 0, 4 << 20, 9)))
                .contains("4.00 MiB / 8.00 MiB  50.0 %  2.00 MiB/s  0:02 left  from 2 peers");
    }

    @Test
    void a_command_that_shows_its_own_progress_is_let_be() {
        messages.progress("its own");
        assertThat(drawnAt(SECOND, new FetchStat(0, 0, 0, 0, 0, 1))).isEmpty();
    }

    @Test
    void nobody_is_shown_anything_but_a_person() {
        Messages file = new Messages(shown, false);
        try (Fetching _ = Fetching.show(file, () -> new FetchStat(0, 0, 0, 0, 0, 1), true)) {
            file.say("said");
        }
        assertThat(shown.toString(StandardCharsets.UTF_8)).isEqualTo("said\n");
    }
}
