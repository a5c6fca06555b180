package cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What real shells offer with our scripts. A shell that isn't installed skips its tests.
class CompletionCommandTest {
    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh", "fish"})
    void words_of_a_command_are_offered_one_after_the_other(String shell) throws Exception {
        assertThat(offered(shell, "cairn ")).contains("add", "cid", "config", "multibase", "help");
        assertThat(offered(shell, "cairn cid ")).contains("format", "base32", "inspect", "hashes");
        assertThat(offered(shell, "cairn multibase ")).contains("encode", "decode", "transcode");
        assertThat(offered(shell, "cairn config ")).contains("show", "edit", "replace", "profile");
        assertThat(offered(shell, "cairn config profile ")).containsExactly("apply");
        assertThat(offered(shell, "cairn cid fo")).containsExactly("format");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh", "fish"})
    void options_are_those_of_the_command_that_was_named(String shell) throws Exception {
        assertThat(offered(shell, "cairn config profile apply --"))
                .contains("--dry-run", "--enc")
                .doesNotContain("--bool");
        assertThat(offered(shell, "cairn config --"))
                .contains("--bool")
                .doesNotContain("--dry-run");
        assertThat(offered(shell, "cairn pin add --rec")).containsExactly("--recursive");
        assertThat(offered(shell, "cairn --repo-dir /r pin add --rec"))
                .containsExactly("--recursive");
        assertThat(offered(shell, "cairn add pin --qu")).containsExactly("--quiet", "--quieter");
    }

    @Test
    void an_unknown_shell_is_an_error() {
        assertThat(Called.with(folder, "commands", "completion", "csh").err())
                .isEqualTo("Error: no completions for csh; there are bash, zsh and fish\n");
    }

    /// What a shell offers for the last word of a line. In zsh it is the caller of our function
    /// that leaves out what doesn't begin with that word.
    private Set<String> offered(String shell, String line) throws Exception {
        Set<String> offered = answers(shell, line);
        String typed = line.substring(line.lastIndexOf(' ') + 1);
        offered.removeIf(word -> !word.startsWith(typed));
        return offered;
    }

    private Set<String> answers(String shell, String line) throws Exception {
        Path script = folder.resolve(shell);
        Files.writeString(script, Called.with(folder, "commands", "completion", shell).out());
        return switch (shell) {
            case "bash" ->
                    lines(
                            shell,
                            "--norc",
                            "-c",
                            "source "
                                    + script
                                    + "; COMP_WORDS=("
                                    + quoted(line)
                                    + "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _cairn;"
                                    + " printf '%s\\n' \"${COMPREPLY[@]}\"");
            case "zsh" ->
                    // What bashcompinit sets and calls, without the line editor around it.
                    lines(
                            shell,
                            "-f",
                            "-c",
                            "autoload -Uz compinit; compinit -u -d "
                                    + folder.resolve("dump")
                                    + "; source "
                                    + script
                                    + "; emulate -L ksh; COMP_WORDS=("
                                    + quoted(line)
                                    + "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _cairn;"
                                    + " printf '%s\\n' \"${COMPREPLY[@]}\"");
            case "fish" ->
                    lines(
                            shell,
                            "--no-config",
                            "-c",
                            "source " + script + "; complete -C " + "'" + line + "'");
            default -> throw new IllegalArgumentException(shell);
        };
    }

    /// The words of a line for a shell's array; the last may be empty.
    private static String quoted(String line) {
        return "'" + String.join("' '", List.of(line.split(" ", -1))) + "'";
    }

    private Set<String> lines(String... command) throws Exception {
        Process process;
        try {
            process =
                    new ProcessBuilder(command)
                            .directory(folder.toFile())
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
        } catch (IOException e) {
            Assumptions.abort(command[0] + " isn't installed: " + e.getMessage());
            throw e;
        }
        process.getOutputStream().close();
        Set<String> lines = new TreeSet<>();
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .map(line -> line.split("\t", -1)[0]) // fish tells what each does behind a tab
                .filter(line -> !line.isBlank())
                .forEach(lines::add);
        process.waitFor();
        return lines;
    }
}
