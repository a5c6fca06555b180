package cairn.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class SilenceTest {
    private static final String CLEAR = "\r\u001b[K";

    private final AtomicLong clock = new AtomicLong();
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private final Messages messages = new Messages(shown, true);
    private final Silence silence = new Silence(messages, clock::get);

    /// What is shown by a look so many seconds after the start.
    private String at(double seconds) {
        shown.reset();
        clock.set((long) (seconds * 1e9));
        silence.look();
        return shown.toString(StandardCharsets.UTF_8);
    }

    private static String line(String text) {
        return CLEAR + "\u001b[?7l" + text + "\u001b[?7h";
    }

    @Test
    void the_first_second_passes_without_a_word() {
        assertThat(at(0.9)).isEmpty();
    }

    @Test
    void then_it_says_what_is_waited_for_and_for_how_long() {
        assertThat(at(1)).isEqualTo(line("looking for blocks  0:01"));
        assertThat(at(62)).isEqualTo(line("looking for blocks  1:02"));
    }

    @Test
    void a_line_of_progress_stands_and_is_told_as_such() {
        messages.progress("3 of 9");
        assertThat(at(1)).isEmpty();
        assertThat(at(5)).isEqualTo(line("3 of 9  nothing for 0:04"));
        assertThat(at(6)).isEqualTo(line("3 of 9  nothing for 0:05"));
    }

    @Test
    void so_does_one_of_another_process() {
        messages.pass(ByteBuffer.wrap(line("3 of 9").getBytes(StandardCharsets.UTF_8)));
        assertThat(at(1)).isEmpty();
        assertThat(at(3)).isEqualTo(line("3 of 9  nothing for 0:02"));
    }

    @Test
    void what_is_said_breaks_it() {
        messages.say("hello");
        assertThat(at(5)).isEmpty();
        assertThat(at(7)).isEqualTo(line("looking for blocks  0:02"));
    }

    @Test
    void what_comes_takes_the_line_away() {
        at(5);
        shown.reset();
        silence.broken();
        assertThat(shown.toString(StandardCharsets.UTF_8)).isEqualTo(CLEAR);
        assertThat(at(5.9)).isEmpty();
    }

    @Test
    void nothing_is_told_after_the_end() {
        silence.close();
        assertThat(at(9)).isEmpty();
    }
}
