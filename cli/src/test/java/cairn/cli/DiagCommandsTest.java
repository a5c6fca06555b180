package cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import cairn.node.json.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
    void nothing_logs_so_no_level_can_be_changed() {
        assertThat(Called.with(folder, "log", "ls"))
                .isEqualTo(
                        new Called(
                                Outcome.DONE,
                                "",
                                "cairn: nothing keeps a log until there is a daemon; --debug shows"
                                        + " where a command failed\n"));
        assertThat(Called.with(folder, "log", "ls", "--enc=json").out())
                .isEqualTo("{\"Strings\":[]}\n");
        Called level = Called.with(folder, "log", "level", "all", "debug");
        assertThat(level.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(level.err()).startsWith("Error: command must be run on the daemon: [log level]");
    }
}
