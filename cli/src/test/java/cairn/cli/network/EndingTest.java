package cairn.cli.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class EndingTest {
    private final List<String> said = new ArrayList<>();
    private final List<Integer> codes = new ArrayList<>();

    private Ending ending(Duration time) {
        return new Ending(time, said::add, codes::add);
    }

    @Test
    void a_running_daemon_ends_and_so_does_the_process() {
        Ending ending = ending(Duration.ofMinutes(1));
        ending.started(ending::done);
        ending.signalled();
        assertThat(codes).containsExactly(0);
        assertThat(said).isEmpty();
    }

    @Test
    void a_daemon_that_does_not_end_in_time_is_broken_off_and_that_is_a_failure() {
        Ending ending = ending(Duration.ZERO);
        ending.started(() -> {});
        ending.signalled();
        assertThat(codes).containsExactly(1);
        assertThat(said)
                .containsExactly("Error: the daemon didn't end in 0 ms, and was broken off");
    }

    @Test
    void one_that_is_still_coming_up_fails_nobody() {
        ending(Duration.ZERO).signalled();
        assertThat(codes).containsExactly(0);
        assertThat(said).containsExactly("cairn: ended before the daemon was ready");
    }

    @Test
    void one_that_comes_up_after_the_signal_is_ended_at_once() {
        Ending ending = ending(Duration.ofMinutes(1));
        Thread signal = Thread.startVirtualThread(ending::signalled);
        ending.started(ending::done);
        assertThat(joined(signal)).isTrue();
        assertThat(codes).containsExactly(0);
    }

    @Test
    void one_that_has_ended_by_itself_keeps_its_own_exit_code() {
        Ending ending = ending(Duration.ofMinutes(1));
        ending.done();
        ending.signalled();
        assertThat(codes).isEmpty();
    }

    private static boolean joined(Thread thread) {
        try {
            return thread.join(Duration.ofSeconds(30));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
