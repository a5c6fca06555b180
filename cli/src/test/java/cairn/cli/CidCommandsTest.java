package cairn.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the records of Kubo's outputs don't show: messages, and input that does harm. No repo is
/// there, and none is made.
class CidCommandsTest {
    private static final Path NO_REPO = Path.of("none");
    private static final String V0 = "QmZULkCELmmk5XNfCgTnCyFgAVxBRBXyDHGGMVoLFLiXEN";
    private static final String V1 = "bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e";

    @Test
    void what_is_no_cid_is_told_in_its_place_and_the_rest_converted() {
        byte[] in = (V0 + "\nnope\n\n" + V1).getBytes(UTF_8);
        Called format = Called.with(NO_REPO, in, "cid", "format");

        assertThat(format.out()).isEqualTo(V0 + "\n" + V1 + "\n");
        assertThat(format.err())
                .isEqualTo(
                        """
                        nope: invalid cid: character 'n' at position 1 names no base
                        : invalid cid: an empty text is no CID
                        Error: errors while displaying some entries: 2 are told above
                        """);
        assertThat(format.outcome()).isEqualTo(Outcome.FAILED);
    }

    @Test
    void json_has_a_line_for_each_with_its_error() {
        Called format = Called.with(NO_REPO, "cid", "format", "--enc=json", V0, "nope");

        assertThat(format.out())
                .isEqualTo(
                        "{\"CidStr\":\""
                                + V0
                                + "\",\"Formatted\":\""
                                + V0
                                + "\",\"ErrorMsg\":\"\"}\n{\"CidStr\":\"nope\",\"Formatted\":\"\","
                                + "\"ErrorMsg\":\"invalid cid: character 'n' at position 1 names no"
                                + " base\"}\n");
        assertThat(format.outcome()).isEqualTo(Outcome.FAILED);
    }

    @Test
    void a_line_without_an_end_is_cut_and_told_shortly() {
        Called format = Called.with(NO_REPO, "a".repeat(1 << 20).getBytes(UTF_8), "cid", "base32");

        assertThat(format.err())
                .startsWith("a".repeat(60) + "...: invalid cid: a text of 16384 characters");
    }

    @Test
    void what_a_terminal_would_obey_is_escaped() {
        assertThat(Called.with(NO_REPO, "cid", "format", "\u001b[31mred").err())
                .startsWith("\\x1b[31mred: invalid cid: character U+001B at position 1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-f abc       | invalid format string: \"abc\"",
                "-f a%        | premature end of format string",
                "-f %%%x      | unrecognized specifier in format string: %x",
                "-f %😀       | unrecognized specifier in format string: %😀",
                "-v 2         | invalid cid version: \"2\"",
                "-b base7     | unsupported multibase encoding: base7",
                "--mc nope    | unknown multicodec: \"nope\"",
                "--mc 08      | unknown multicodec: \"08\"",
                "--mc -1      | unknown multicodec: \"-1\"",
                "--mc 0xffffffffffffffffff | unknown multicodec",
                "-v 0 --mc raw | cannot convert to CIDv0 with any codec other than dag-pb",
                "-v 0 -b base32 | cannot convert to CIDv0 with any multibase other than",
            })
    void options_that_make_no_sense_are_told_before_anything_is_printed(
            String options, String message) {
        Called format = Called.with(NO_REPO, ("cid format " + options + " " + V1).split(" "));

        assertThat(format.err()).startsWith("Error: " + message);
        assertThat(format.out()).isEmpty();
    }

    @Test
    void a_hash_that_version_0_can_not_hold_is_told() {
        String short20 = "f017012140db45b02a950f79e45ec933ae1882fd67d24cb72";
        assertThat(Called.with(NO_REPO, "cid", "format", "-v", "0", short20).err())
                .contains("can't convert to cidv0", "sha2-256 of 20");
    }

    @Test
    void the_id_of_a_peer_is_told_with_its_cid() {
        assertThat(
                        Called.with(
                                        NO_REPO,
                                        "cid",
                                        "inspect",
                                        "12D3KooWCGVs8bcJnBdGSJ24jvcVVvf8bBcabRYVMyyUFxJkwLHs")
                                .err())
                .endsWith(
                        """
                        inspect its CID representation instead:
                          k51qzi5uqu5dh39c5wcchy1np8nmrxda43oeuo2fbs3v19lj99syfyp9bn4rum
                        """);
    }

    @Test
    void all_functions_that_are_listed_are_computed() {
        assertThat(Called.with(NO_REPO, "cid", "hashes", "--supported").out())
                .isEqualTo(Called.with(NO_REPO, "cid", "hashes").out());
    }

    @Test
    void a_text_that_breaks_off_is_not_ended_as_if_it_were_whole() {
        Called transcode = Called.with(NO_REPO, "f0".getBytes(UTF_8), "multibase", "transcode");

        assertThat(transcode.out()).isEmpty();
        assertThat(transcode.err()).startsWith("Error: base16 text of 2 characters is cut short");
    }

    @Test
    void options_hide_no_word_that_begins_no_command() {
        for (String words :
                List.of(
                        "config profile nope",
                        "--offline config profile nope",
                        "config profile --offline nope"))
            assertThat(Called.with(NO_REPO, words.split(" ", -1)).err())
                    .as(words)
                    .startsWith("Error: unknown command \"config profile nope\"");
    }

    @Test
    void names_may_have_three_words() {
        assertThat(Called.with(NO_REPO, "config", "profile").out())
                .startsWith("COMMANDS\n  config profile apply ");
        assertThat(Called.with(NO_REPO, "help", "config", "profile", "apply").out())
                .startsWith("cairn config profile apply - ");
        assertThat(Called.with(NO_REPO, "config", "profile", "nope").err())
                .startsWith("Error: unknown command \"config profile nope\"; did you mean");
        assertThat(Called.with(NO_REPO, "config", "--help").out())
                .contains("\nCOMMANDS\n  config show ", "\n  config profile apply ");
    }
}
