package cairn.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a person is told by the commands over DAGs, where it isn't Kubo's to say.
class DagCommandsTest {
    @TempDir Path folder;
    private String root;

    @BeforeEach
    void put() {
        String leaf = dagPut("{\"leaf\":true}").out().strip();
        root = dagPut("{\"next\":{\"/\":\"" + leaf + "\"}}").out().strip();
    }

    private Called call(String... words) {
        return Called.with(folder.resolve("repo"), words);
    }

    private Called dagPut(String input, String... options) {
        return withInput(input.getBytes(UTF_8), options, "dag", "put");
    }

    private Called withInput(byte[] input, String[] options, String... command) {
        String[] words = Arrays.copyOf(command, command.length + options.length);
        System.arraycopy(options, 0, words, command.length, options.length);
        return Called.with(folder.resolve("repo"), input, words);
    }

    private byte[] export() {
        return Called.with(
                        folder.resolve("repo"),
                        new byte[0],
                        List.of("dag", "export", root),
                        ISO_8859_1)
                .out()
                .getBytes(ISO_8859_1);
    }

    private static void assertRefused(Called called, String... words) {
        assertThat(called.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(called.out()).isEmpty();
        assertThat(called.err()).contains(words).doesNotContain("Cairn itself");
    }

    @ParameterizedTest
    @CsvSource({
        "dag-cobr, did you mean dag-cbor?",
        "dagjson, did you mean dag-json?",
        "sha2-256, no codec of nodes",
        "nonsense, there are raw"
    })
    void a_codec_that_there_is_not_is_an_error_that_says_which_are(String codec, String told) {
        assertRefused(dagPut("1", "--store-codec=" + codec), '"' + codec + '"', told);
        assertRefused(dagPut("1", "--input-codec=" + codec), '"' + codec + '"', told);
        assertRefused(call("dag", "get", "--output-codec=" + codec, root), told);
    }

    @Test
    void an_empty_input_is_told_as_such() {
        assertRefused(dagPut(""), "standard input is empty");
        assertRefused(withInput(new byte[0], new String[0], "dag", "import"), "there is nothing");
    }

    @Test
    void an_input_that_makes_too_large_a_block_is_refused() {
        assertRefused(dagPut('"' + "x".repeat(2 << 20) + '"'), "at most 2 MiB");
        assertRefused(dagPut(" ".repeat((8 << 20) + 1)), "is over 8 MiB");
        assertRefused(
                dagPut(
                        "x".repeat(129),
                        "--input-codec=raw",
                        "--store-codec=raw",
                        "--hash=identity"),
                "at most 128 bytes");
    }

    @Test
    void what_is_put_with_a_pin_must_have_all_below_it() {
        String nowhere = "bafkreifwqvs46vuze47wuimepm76irzgg5gl23b37xecsut7dwzkaucdie";
        assertRefused(dagPut("{\"/\":\"" + nowhere + "\"}", "--pin"), nowhere);
        assertThat(call("pin", "ls").out()).isEmpty();
    }

    @Test
    void several_values_are_told_in_the_order_of_their_files() throws Exception {
        Path one = Files.writeString(folder.resolve("one"), "1");
        Path two = Files.writeString(folder.resolve("two"), "2");
        String[] cids = call("dag", "put", two.toString(), one.toString()).out().split("\n", -1);
        assertThat(call("dag", "get", cids[0]).out()).isEqualTo("2");
        assertThat(call("dag", "get", cids[1]).out()).isEqualTo("1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no-such-file", "."})
    void a_file_that_can_not_be_read_is_named(String name) {
        assertRefused(call("dag", "put", name), name.isEmpty() ? "\"\"" : name);
        assertRefused(call("dag", "import", name), name.isEmpty() ? "\"\"" : name);
    }

    @Test
    void an_archive_with_bytes_of_another_block_pins_nothing() {
        byte[] archive = export();
        archive[archive.length - 1]++;
        call("repo", "gc");
        assertRefused(
                withInput(archive, new String[] {"--stats"}, "dag", "import"),
                "standard input",
                "nothing was pinned",
                "the bytes are not those of");
        assertThat(call("pin", "ls").out()).isEmpty();
    }

    @Test
    void an_archive_without_a_block_says_which_is_missing() {
        byte[] archive = export();
        int leaf = 1 + 36 + 7; // its section: the length, the CID, the bytes
        call("repo", "gc");
        byte[] part = Arrays.copyOf(archive, archive.length - leaf);
        Called called = withInput(part, new String[] {"--stats"}, "dag", "import");
        assertThat(called.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(called.err()).contains("pinning root \"" + root, "a block is missing: bafyrei");
        assertThat(called.out()).startsWith("Imported 1 blocks");
    }

    @Test
    void names_can_not_be_resolved_yet() {
        assertRefused(call("resolve", "/ipns/example.com"), "names (/ipns) can't be resolved yet");
        assertRefused(call("resolve", "ipns://example.com"), "names (/ipns) can't be");
    }

    @Test
    void what_can_not_be_printed_in_a_path_is_escaped() {
        String odd = dagPut("{\"\\u001b[31m\":1}").out().strip();
        String path = odd + "/\u001b[31m";
        assertThat(call("dag", "resolve", path).out()).isEqualTo(odd + "/\\x1b[31m\n");
        assertThat(call("resolve", path).out()).isEqualTo("/ipfs/" + odd + "/\\x1b[31m\n");
        assertThat(call("dag", "resolve", "--enc=json", path).out())
                .contains("\"RemPath\":\"/\\u001b[31m\"");
    }

    @Test
    void blocks_are_removed_all_or_none_when_a_path_is_none() {
        assertRefused(call("block", "rm", root, "nonsense"), "nonsense");
        assertThat(call("block", "stat", root).outcome()).isEqualTo(Outcome.DONE);
    }
}
