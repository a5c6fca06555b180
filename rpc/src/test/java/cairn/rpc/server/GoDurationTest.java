package cairn.rpc.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Durations in Go's words.
final class GoDurationTest {
    @ParameterizedTest
    @CsvSource({
        "1139188, 1.139188ms", // as Kubo printed it
        "549090, 549.09µs",
        "999, 999ns",
        "1000000000, 1s",
        "90000000000, 1m30s",
        "3661500000000, 1h1m1.5s",
        "0, 0s"
    })
    void is_written_as_go_writes_it_and_read_back(long nanos, String text) {
        assertThat(GoDuration.text(Duration.ofNanos(nanos))).isEqualTo(text);
        assertThat(GoDuration.parse(text)).contains(Duration.ofNanos(nanos));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "s", "1x", "1s ", "-1s", "99999999999s"})
    void what_is_no_duration_is_none(String text) {
        assertThat(GoDuration.parse(text)).isEmpty();
    }

    @Test
    void a_text_of_any_length_is_looked_at_in_its_first_letters() {
        assertThat(GoDuration.parse("1s".repeat(1 << 20))).isEmpty();
    }
}
