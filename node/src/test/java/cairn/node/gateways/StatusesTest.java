package cairn.node.gateways;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StatusesTest {
    @Test
    void a_pause_is_seconds_or_a_date() {
        assertThat(Statuses.duration("120")).contains(Duration.ofMinutes(2));
        assertThat(Statuses.duration("Wed, 21 Oct 2015 07:28:00 GMT")).contains(Duration.ZERO);
        assertThat(Statuses.duration("Sat, 01 Jan 2050 00:00:00 GMT"))
                .hasValueSatisfying(time -> assertThat(time).isGreaterThan(Duration.ofDays(365)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "1.5", "soon", "999999999999999999999"})
    void what_is_neither_is_passed_over(String text) {
        assertThat(Statuses.duration(text)).isEmpty();
    }

    @Test
    void a_pause_is_never_longer_than_a_minute_and_grows_until_it_helps() {
        Pauses pauses = new Pauses(Pace.DEFAULT);
        long now = 0;
        for (int seconds : new int[] {1, 2, 4, 8, 16, 32, 60, 60}) {
            Duration pause = pauses.begin(Optional.empty(), now);
            assertThat(pause).isEqualTo(Duration.ofSeconds(seconds));
            assertThat(pauses.isPause(now)).isTrue();
            now += pause.toNanos();
            assertThat(pauses.isPause(now)).isFalse();
        }
        pauses.end();
        assertThat(pauses.begin(Optional.of(Duration.ofDays(9)), now))
                .isEqualTo(Duration.ofMinutes(1));
    }
}
