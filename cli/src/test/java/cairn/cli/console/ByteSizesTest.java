package cairn.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ByteSizesTest {
    // Each side of a unit, and of the ten below which there is a digit more.
    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "9, 9 B",
        "10, 10 B",
        "999, 999 B",
        "1000, 1.0 kB",
        "9949, 9.9 kB",
        "9951, 10 kB",
        "999999, 1000 kB",
        "1951740, 2.0 MB",
        "9223372036854775807, 9.2 EB"
    })
    void a_size_is_written_as_kubo_writes_it(long bytes, String text) {
        assertThat(ByteSizes.humanized(bytes)).isEqualTo(text);
    }
}
