package cairn.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Names as Kubo prints them (`testdata/kubo/outputs`).
final class EscapesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            textBlock =
                    """
                    plain name.txt|plain name.txt
                    ünïcode 🙂|ünïcode 🙂
                    "quoted"|"quoted"
                    """)
    void what_can_be_seen_stays(String name, String shown) {
        assertThat(Escapes.printable(name)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({
        "001b, \\x1b", // could colour the terminal
        "000a, \\n", // would forge a line
        "0007, \\a",
        "007f, \\x7f",
        "009b, \\u009b", // C1: begins a control sequence
        "202e, \\u202e", // turns the direction of writing
        "005c, \\\\", // could imitate an escape
        "dc9b, \\x9b", // the same C1 as a byte that isn't UTF-8
    })
    void what_drives_a_terminal_is_escaped(String hex, String shown) {
        String name = "a" + (char) Integer.parseInt(hex, 16) + "b";
        assertThat(Escapes.printable(name)).isEqualTo("a" + shown + "b");
    }

    @ParameterizedTest
    @CsvSource("dcff")
    void other_bytes_that_are_not_utf8_are_printed_as_they_are(String hex) {
        String name = "bad" + (char) Integer.parseInt(hex, 16);
        assertThat(Escapes.printable(name)).isEqualTo(name);
    }
}
