package cairn.cli.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DurationsTest {
    @ParameterizedTest
    @CsvSource({
        "300ms, PT0.3S",
        "1.5h, PT1H30M",
        "2h45m, PT2H45M",
        "0, PT0S",
        "1ns, PT0.000000001S"
    })
    void are_read_as_go_writes_them(String text, Duration duration) throws UsageException {
        assertThat(Durations.parse(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "s", "1x", "1s!", "-1s", "1 s", "99999999999h"})
    void anything_else_is_an_error(String text) {
        assertThatThrownBy(() -> Durations.parse(text)).isInstanceOf(UsageException.class);
    }
}
