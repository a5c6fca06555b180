package cairn.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class ProgressTest {
    private static final String CLEAR = "\r\u001b[K";

    private final AtomicLong clock = new AtomicLong();
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private final Messages messages = new Messages(shown, true);
    private final Progress progress = new Progress(messages, clock::get);

    private String shown() {
        return shown.toString(StandardCharsets.UTF_8);
    }

    @Test
    void says_bytes_share_speed_and_time_left() {
        progress.expect(4 << 20);
        clock.set(1_000_000_000);
        progress.reach(1 << 20);
        assertThat(shown())
                .isEqualTo(CLEAR + cut("1.00 MiB / 4.00 MiB  25.0 %  1.00 MiB/s  0:03 left"));
    }

    @Test
    void without_a_known_end_says_bytes_and_speed() {
        clock.set(2_000_000_000);
        progress.add(3000);
        assertThat(shown()).endsWith(cut("2.93 KiB  1.46 KiB/s"));
    }

    @Test
    void the_speed_is_that_of_the_last_seconds() {
        progress.expect(200 << 20);
        clock.set(1_000_000_000);
        progress.add(100 << 20);
        for (int second = 2; second <= 8; second++) {
            clock.set(second * 1_000_000_000L);
            progress.add(1 << 20);
        }
        assertThat(shown()).endsWith(cut("107.00 MiB / 200.00 MiB  53.5 %  1.00 MiB/s  1:33 left"));
    }

    @Test
    void a_pause_slows_it_down() {
        clock.set(1_000_000_000);
        progress.add(10 << 20);
        clock.set(21_000_000_000L);
        progress.add(10 << 20);
        assertThat(shown()).endsWith(cut("20.00 MiB  512.00 KiB/s"));
    }

    @Test
    void is_not_redrawn_within_a_tenth_of_a_second() {
        clock.set(99_000_000);
        progress.add(1);
        assertThat(shown()).isEmpty();
    }

    @Test
    void nothing_is_drawn_after_the_end() {
        clock.set(1_000_000_000);
        progress.add(1);
        messages.endProgress();
        String before = shown();
        clock.set(2_000_000_000);
        progress.add(1);
        assertThat(shown()).isEqualTo(before).endsWith(CLEAR);
    }

    /// A line that a terminal cuts at its edge instead of wrapping it.
    private static String cut(String line) {
        return "\u001b[?7l" + line + "\u001b[?7h";
    }

    @Test
    void gives_way_to_a_message() {
        clock.set(1_000_000_000);
        progress.add(1);
        messages.say("hello");
        assertThat(shown()).endsWith(CLEAR + "hello\n");
    }
}
