package cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FailuresTest {
    private static final String CLEAR_SCREEN = "\u001b[2J";

    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--ignore=c++",
                "--hash=murmur3-x64-64",
                "--hash=nonsense",
                "--chunker=size-0",
                "--cid-version=2",
                "--mode=99999",
                "--profile=nonsense"
            })
    void a_bad_flag_is_the_callers_error_and_makes_no_repo(String flag) throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "x");

        Called add = call("add", flag, file.toString());

        assertThat(add.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(add.err()).startsWith("Error: ").doesNotContain("Cairn itself");
        assertThat(folder.resolve("repo")).doesNotExist();
    }

    @Test
    void a_name_can_forge_no_line_of_a_message() throws Exception {
        String name = "x\nError: forged" + CLEAR_SCREEN;
        Path one = Files.createDirectory(folder.resolve("1")).resolve(name);
        Path two = Files.createDirectory(folder.resolve("2")).resolve(name);
        Files.writeString(one, "1");
        Files.writeString(two, "2");
        call("init");

        Called add = call("add", one.toString(), two.toString());

        assertThat(add.err()).contains("two different sources").doesNotContain("\u001b");
        assertThat(add.err().lines()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cat", "block get", "refs", "pin add"})
    void a_block_that_is_not_there_is_named_in_the_words_of_kubo(String command) {
        call("init");
        String missing = "bafkr4ieojr6bxgo37viopkkrqx7k2xxbish2sbfc7xlxr2xv6ln72yu2te";

        Called called = call((command + " " + missing).split(" "));

        assertThat(called.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(called.err())
                .isEqualToIgnoringNewLines(
                        "Error: block was not found locally (offline): ipld: could not find "
                                + missing);
    }

    @Test
    void what_was_printed_before_an_error_is_not_lost() {
        String one = Called.with(repo(), new byte[] {1}, "add", "-Q").out().strip();
        String two = Called.with(repo(), new byte[] {2}, "add", "-Q").out().strip();

        Called ls = call("pin", "ls", "-s", one, two, "bafkqaaa");

        assertThat(ls.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(ls.out()).isEqualTo(one + " recursive\n" + two + " recursive\n");
    }

    @Test
    void a_failed_pin_add_pins_nothing() {
        String cid = Called.with(repo(), new byte[] {1}, "add", "-Q", "--pin=false").out().strip();
        String missing = "bafkr4ieojr6bxgo37viopkkrqx7k2xxbish2sbfc7xlxr2xv6ln72yu2te";

        Called add = call("pin", "add", cid, missing);

        assertThat(add.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(call("pin", "ls").out()).isEmpty();
    }

    @Test
    void what_finds_no_room_is_told_what_there_is_and_what_frees_some() throws Exception {
        call("config", "Datastore.StorageMax", "1MB");
        Path file = Files.writeString(folder.resolve("file"), "x".repeat(700_000));
        assertThat(call("add", file.toString()).err())
                .matches(
                        "Error: the repo has \\d+\\.\\d\\d [kM]B of the 1\\.00 MB that"
                                + " Datastore\\.StorageMax allows; this needs at least"
                                + " \\d+\\.\\d\\d [kM]B more\\. \"cairn repo gc --dry-run\" tells what no"
                                + " pin keeps and \"cairn repo gc\" frees it; or change the setting\n");
        assertThat(call("repo", "gc").outcome()).isEqualTo(Outcome.DONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--debug", "-D", "--debug=true"})
    void debug_shows_where(String flag) {
        assertThat(call("cat", flag, "nonsense").err()).contains("\tat cairn.");
    }

    @Test
    void debug_as_an_argument_or_a_value_is_none() {
        assertThat(call("cat", "--", "--debug").err()).doesNotContain("\tat cairn.");
        assertThat(call("add", "--stdin-name", "-D", "--chunker=x").err())
                .doesNotContain("\tat cairn.");
    }

    private Path repo() {
        return folder.resolve("repo");
    }

    private Called call(String... words) {
        return Called.with(repo(), words);
    }
}
