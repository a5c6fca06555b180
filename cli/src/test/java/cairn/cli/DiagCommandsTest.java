package cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cairn.node.json.Json;
import cairn.rpc.Daemon;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.logging.Logger;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiagCommandsTest {
    @TempDir Path folder;

    @Test
    void the_machine_is_told_in_kubos_shape_without_secrets() throws Exception {
        Called sys =
                Called.with(
                        folder.resolve("none"),
                        new byte[0],
                        List.of("diag", "sys"),
                        StandardCharsets.UTF_8,
                        Map.of("SECRET_TOKEN", "hush"));

        assertThat(sys.outcome()).isEqualTo(Outcome.DONE);
        assertThat(sys.out()).doesNotContain("hush").endsWith("}\n").containsOnlyOnce("\n");
        Json.Obj all = (Json.Obj) Json.parse(sys.out().strip());
        assertThat(all.members())
                .containsOnlyKeys(
                        "diskinfo",
                        "environment",
                        "ipfs_commit",
                        "ipfs_version",
                        "memory",
                        "net",
                        "runtime");
        assertThat(((Json.Obj) all.members().get("diskinfo")).members())
                .containsOnlyKeys("free_space", "fstype", "total_space");
        assertThat(((Json.Obj) all.members().get("net")).members().get("online"))
                .isEqualTo(new Json.Bool(false));
        assertThat(sys.out()).contains("\"/ip4/127.0.0.1\"");
    }

    @Test
    void without_a_daemon_nothing_is_logged_and_nobody_is_healthy() {
        String needed = "Error: this command needs a running daemon: cairn daemon\n";
        for (String words : List.of("log ls", "log level all debug", "diag healthy", "diag cmds"))
            assertThat(Called.with(folder, words.split(" ", -1)))
                    .isEqualTo(new Called(Outcome.FAILED, "", needed));
    }

    @Test
    void levels_are_shown_and_changed_while_a_daemon_runs() throws IOException {
        Path repo = Daemons.repo(folder.resolve("repo"));
        String before = Logger.getLogger("").getLevel().getName();
        try (Daemon _ = Daemons.open(repo)) {
            assertThat(out(repo, "log level bitswap debug"))
                    .isEqualTo("Changed log level of 'bitswap' to 'debug'\n");
            assertThat(out(repo, "log level bitswap")).isEqualTo("debug\n");
            assertThat(out(repo, "log level all")).contains("(default): ", "bitswap: debug\n");
            assertThat(out(repo, "--enc=json log level bitswap error"))
                    .isEqualTo("{\"Message\":\"Changed log level of 'bitswap' to 'error'\\n\"}\n");
            assertThat(Called.with(repo, "log", "level", "bitswap", "loud").err())
                    .isEqualTo("Error: unrecognized level: \"loud\"\n");
            assertThat(out(repo, "log ls")).contains("bitswap\n");
            out(repo, "log level all debug");
            assertThat(out(repo, "log level all"))
                    .contains("bitswap: debug\n", "org.eclipse: info\n");
            out(repo, "log level all " + before.toLowerCase(Locale.ROOT));
        }
        assertThat(Logger.getLogger("").getLevel().getName()).isEqualTo(before);
    }

    @Test
    void what_a_daemon_works_on_is_listed() throws IOException {
        Path repo = Daemons.repo(folder.resolve("repo"));
        try (Daemon _ = Daemons.open(repo)) {
            assertThat(out(repo, "diag healthy")).isEqualTo("\"ok\"\n");
            assertThat(out(repo, "pin ls -t recursive")).isEmpty();
            // A request ends a moment after its client has all of the answer.
            await().untilAsserted(
                            () ->
                                    assertThat(out(repo, "diag cmds -v"))
                                            .matches(
                                                    "(?s)ID  Command +Arguments  Options +Active "
                                                            + " StartTime +RunTime\n"
                                                            + "1 +diag/healthy  \\[] .*"
                                                            + "2 +pin/ls .*type=recursive.* false .*"
                                                            + "\\d+ +diag/cmds .* true .*"));
        }
    }

    @Test
    void a_profile_is_written_to_a_file_of_its_own() throws IOException {
        Path repo = Daemons.repo(folder.resolve("repo"));
        Path file = folder.resolve("profile.zip");
        String words = "diag profile --profile-time=10ms -o " + file;
        try (Daemon _ = Daemons.open(repo)) {
            assertThat(out(repo, words)).isEqualTo("Wrote profiles to: " + file + "\n");
            try (ZipFile zip = new ZipFile(file.toFile())) {
                assertThat(zip.stream().map(ZipEntry::getName))
                        .containsExactly("version.json", "recording.jfr");
            }
            long size = Files.size(file);
            Called again = Called.with(repo, words.split(" ", -1));
            assertThat(again.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(again.err()).isEqualTo("Error: there is a file already: " + file + "\n");
            assertThat(file).hasSize(size);
        }
    }

    private static String out(Path repo, String words) {
        Called called = Called.with(repo, words.split(" ", -1));
        assertThat(called.err()).isEmpty();
        return called.out();
    }
}
