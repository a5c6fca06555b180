package cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Commands where there is no repo, as at a path that was mistyped.
class NoRepoTest {
    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cat bafkqaaa",
                "get bafkqaaa",
                "ls bafkqaaa",
                "refs bafkqaaa",
                "pin ls",
                "pin add bafkqaaa",
                "pin rm bafkqaaa",
                "block get bafkqaaa",
                "block stat bafkqaaa",
                "config Import.CidVersion",
                "config show"
            })
    void a_command_that_needs_what_is_there_names_the_path_and_makes_nothing(String line) {
        Called call = Called.with(repo(), line.split(" "));

        assertThat(call.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(call.out()).isEmpty();
        assertThat(call.err())
                .startsWith("Error: there is no repo at " + repo())
                .contains("cairn init", "--repo-dir", "CAIRN_PATH")
                .doesNotContain("made a new repo");
        assertThat(repo()).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"init", "add", "block put", "config Import.UnixFSChunker size-1000"})
    void a_command_that_writes_makes_it_and_says_so_once(String line) {
        assertThat(Called.with(repo(), line.split(" ")).err())
                .isEqualTo("cairn: made a new repo at " + repo() + "\n");
        assertThat(Called.with(repo(), "pin", "ls").err()).isEmpty();
    }

    @Test
    void only_hashing_needs_no_repo() throws Exception {
        Path file = Files.writeString(folder.resolve("hello"), "hello world");

        Called add = Called.with(repo(), "add", "-n", file.toString());

        assertThat(add.out())
                .isEqualTo(
                        "added bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e hello\n");
        assertThat(add.err()).isEmpty();
        assertThat(repo()).doesNotExist();
    }

    private Path repo() {
        return folder.resolve("repo");
    }
}
