package cairn.cli.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Flags as Go reads them.
final class CallParserTest {
    private static Usage usage() {
        return Usage.of("test", "Try it")
                .arguments("<path>...", 1, 2)
                .flag("-r --recursive", "")
                .flag("-Q --quieter", "")
                .flag("-w --wrap", "")
                .flag("--pin", "")
                .text("-s --chunker", "chunker", "")
                .number("-o --offset", "bytes", "")
                .list("--ignore", "rule", "");
    }

    private static Invocation parse(String... words) throws UsageException {
        return CallParser.parse(
                usage(),
                List.of(words),
                new Surroundings(
                        Map.of(),
                        InputStream.nullInputStream(),
                        false,
                        new Output(Channels.newChannel(new ByteArrayOutputStream()), false),
                        new Messages(new ByteArrayOutputStream(), false),
                        "test"));
    }

    @Test
    void a_flag_takes_its_value_after_an_equals_sign_only() throws Exception {
        Invocation call = parse("--pin=false", "-r=true", "-w", "true");
        assertThat(call.flagIfGiven("--pin")).contains(false);
        assertThat(call.flag("--recursive")).isTrue();
        assertThat(call.flag("--wrap")).isTrue();
        assertThat(call.arguments()).containsExactly("true");
    }

    @Test
    void short_flags_can_stand_together() throws Exception {
        Invocation call = parse("-rQw", "x");
        assertThat(call.flag("--recursive")).isTrue();
        assertThat(call.flag("--quieter")).isTrue();
        assertThat(call.flag("--wrap")).isTrue();
        assertThat(parse("-Qs", "size-10", "x").text("--chunker")).contains("size-10");
    }

    @Test
    void options_may_follow_arguments() throws Exception {
        Invocation call = parse("x", "-s=size-1", "y");
        assertThat(call.arguments()).containsExactly("x", "y");
        assertThat(call.text("-s")).contains("size-1");
    }

    @Test
    void after_two_dashes_all_are_arguments() throws Exception {
        assertThat(parse("--", "-r", "--pin").arguments()).containsExactly("-r", "--pin");
    }

    @Test
    void the_last_of_several_values_counts_and_lists_keep_all() throws Exception {
        Invocation call = parse("-o", "1", "-o=2", "--ignore=a", "--ignore", "b", "x");
        assertThat(call.number("--offset")).hasValue(2);
        assertThat(call.list("--ignore")).containsExactly("a", "b");
    }

    @Test
    void nothing_in_an_argument_is_expanded() throws Exception {
        assertThat(parse("@file", "${sys:user.name}").arguments())
                .containsExactly("@file", "${sys:user.name}");
    }

    @Test
    void options_of_all_commands_are_read() throws Exception {
        Globals globals = parse("--enc=json", "--timeout", "1m30s", "x").globals();
        assertThat(globals.json()).isTrue();
        assertThat(globals.timeout()).contains(Duration.ofSeconds(90));
    }

    @Test
    void what_makes_no_sense_is_named() {
        assertWrong("unknown option \"--recursiv\"; did you mean --recursive?", "--recursiv", "x");
        assertWrong("'maybe' for --pin is neither true nor false", "--pin=maybe", "x");
        assertWrong("missing value for option --chunker", "x", "-s");
        assertWrong("argument <path>... is missing");
        assertWrong("expected 2 argument(s), got 3", "a", "b", "c");
        assertWrong("'ten'", "-o", "ten", "x");
        assertWrong("unknown encoding \"xml\"", "--enc=xml", "x");
        assertWrong("unsupported multibase encoding: base99", "--cid-base=base99", "x");
        assertWrong("invalid duration \"soon\"", "--timeout=soon", "x");
    }

    private static void assertWrong(String message, String... words) {
        assertThatThrownBy(() -> parse(words))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(message);
    }

    @Test
    void a_number_that_is_none_is_named_with_its_option() {
        assertThatThrownBy(() -> parse("--offset=x", "path"))
                .isInstanceOf(UsageException.class)
                .hasMessage("--offset takes a whole number, not 'x'");
    }

    @Test
    void help_shows_flags_without_a_value_and_fits_80_columns() {
        assertThat(usage().help())
                .contains("  -r, --recursive ", "--chunker=<chunker>", "OPTIONS OF ALL COMMANDS")
                .doesNotContain("PARAM");
        assertThat(usage().help().lines()).allMatch(line -> line.length() <= 80);
    }
}
