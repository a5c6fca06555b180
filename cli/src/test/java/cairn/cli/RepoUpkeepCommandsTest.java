package cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The commands that look after the repo, on a file of three blocks and their root, and on what is
/// left of it.
class RepoUpkeepCommandsTest {
    private static final int SIZE = 3_000_000;

    @TempDir Path folder;
    private String root = "";
    private byte[] content = {};

    @BeforeEach
    void add() throws IOException {
        content = new byte[SIZE];
        new Random(5).nextBytes(content);
        Path file = folder.resolve("file");
        Files.write(file, content);
        root = call("add", "-Q", "--pin-name=photos", file.toString()).out().strip();
        assertThat(root).startsWith("baf");
    }

    private Path repo() {
        return folder.resolve("repo");
    }

    private Called call(String... words) {
        return Called.with(repo(), words);
    }

    /// Flips a bit in the middle of the file's second block, where it lies.
    private Path flip() throws IOException {
        Path table = holder();
        byte[] bytes = Files.readAllBytes(table);
        bytes[indexOf(bytes) + 500_000] ^= 1;
        Files.write(table, bytes);
        return table;
    }

    private Path holder() throws IOException {
        try (Stream<Path> files = Files.list(repo().resolve("store"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".sst")).toList())
                if (indexOf(Files.readAllBytes(file)) >= 0) return file;
        }
        throw new AssertionError("no table has the block");
    }

    private int indexOf(byte[] bytes) {
        byte[] part = java.util.Arrays.copyOfRange(content, 1 << 20, (1 << 20) + 64);
        for (int i = 0; i <= bytes.length - part.length; i++)
            if (java.util.Arrays.equals(bytes, i, i + part.length, part, 0, part.length)) return i;
        return -1;
    }

    private Optional<String> badBlock() {
        return call("repo", "verify")
                .out()
                .lines()
                .filter(line -> line.startsWith("block "))
                .map(line -> line.substring(6, line.indexOf(' ', 6)))
                .findFirst();
    }

    @Test
    void stat_counts_blocks_and_bytes_in_kubos_form() {
        List<String> lines = call("repo", "stat").out().lines().toList();
        assertThat(lines.get(0)).isEqualTo("NumObjects: 4");
        assertThat(lines.get(1)).matches("RepoSize:   30\\d{5}");
        assertThat(lines.get(2)).matches("StorageMax: \\d{8,}");
        assertThat(lines.get(3)).isEqualTo("RepoPath:   " + repo());
        assertThat(lines.get(4)).isEqualTo("Version:    fs-repo@2");
        assertThat(call("repo", "stat", "-s", "-H").out())
                .matches("RepoSize:   3\\.\\d MB\nStorageMax: \\d+(\\.\\d)? .B\n");
        assertThat(call("repo", "stat", "-s", "--enc=json").out())
                .matches(
                        "\\{\"RepoSize\":30\\d{5},\"StorageMax\":\\d+,\"NumObjects\":0,"
                                + "\"RepoPath\":\"\",\"Version\":\"\"}\n");
    }

    @Test
    void ls_lists_as_many_blocks_as_stat_counts() {
        assertThat(call("repo", "ls").out().lines()).hasSize(4).allMatch(s -> s.startsWith("bafk"));
        assertThat(call("repo", "ls", "--enc=json").out().lines())
                .hasSize(4)
                .allMatch(s -> s.matches("\\{\"Ref\":\"bafk[a-z0-9]+\",\"Err\":\"\"}"));
    }

    @Test
    void verify_of_a_whole_repo_says_so() {
        Called called = call("repo", "verify");
        assertThat(called.out()).isEqualTo("verify complete, all blocks validated.\n");
        assertThat(called.outcome()).isEqualTo(Outcome.DONE);
        assertThat(call("repo", "verify", "--enc=json").out())
                .isEqualTo(
                        """
                        {"Msg":"","Progress":4}
                        {"Msg":"verify complete, all blocks validated.","Progress":0}
                        """);
    }

    @Test
    void verify_names_the_damaged_block_its_file_and_its_pin() throws IOException {
        String file = flip().getFileName().toString();
        Called called = call("repo", "verify");
        assertThat(called.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(called.err())
                .isEqualTo("Error: verify complete, 1 blocks corrupt, 1 pins not whole\n");
        String bad = badBlock().orElseThrow();
        assertThat(called.out())
                .contains("file " + file + " can't be read: ")
                .contains("block " + bad + " was corrupt (block checksum mismatch")
                .contains("pin " + root + " \"photos\" isn't whole: it needs " + bad + "\n");
    }

    @Test
    void verify_drop_removes_it_and_adding_again_mends() throws IOException {
        flip();
        Called dropped = call("repo", "verify", "--drop");
        assertThat(dropped.outcome()).as(dropped.err() + dropped.out()).isEqualTo(Outcome.DONE);
        assertThat(dropped.out())
                .contains("), removed\n")
                .contains("\"photos\" isn't whole")
                .endsWith("verify complete, 1 blocks corrupt, 1 removed, 1 pins not whole\n");
        assertThat(call("repo", "stat").out()).startsWith("NumObjects: 3\n");
        assertThat(call("repo", "verify").err())
                .isEqualTo("Error: verify complete, 0 blocks corrupt, 1 pins not whole\n");
        call("add", "-Q", folder.resolve("file").toString());
        // The file is damaged still, and no block that is needed is in that part of it.
        assertThat(call("repo", "verify").out())
                .contains("\"cairn repo repair\" replaces it")
                .endsWith("\nverify complete, all blocks validated.\n");
        assertThat(call("repo", "repair").outcome()).isEqualTo(Outcome.DONE);
        assertThat(call("repo", "verify").out())
                .isEqualTo("verify complete, all blocks validated.\n");
    }

    @Test
    void verify_heal_says_that_there_is_no_network_yet() {
        Called called = call("repo", "verify", "--heal");
        assertThat(called.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(called.err()).contains("--drop");
    }

    @Test
    void a_backup_is_a_repo_itself() throws IOException {
        Path copy = folder.resolve("copy");
        assertThat(call("repo", "backup", copy.toString()).out())
                .matches("copied 30\\d{5} bytes to " + copy + "\n");
        Called cat =
                Called.with(copy, new byte[0], List.of("cat", root), StandardCharsets.ISO_8859_1);
        assertThat(cat.out().getBytes(StandardCharsets.ISO_8859_1)).isEqualTo(content);
        assertThat(Called.with(copy, "pin", "ls", "--names").out()).contains(root, "photos");
        assertThat(Called.with(copy, "repo", "verify").outcome()).isEqualTo(Outcome.DONE);
        assertThat(copy.resolve("repo.lock")).doesNotExist();
        Called.with(copy, "pin", "rm", root);
        Called.with(copy, "repo", "gc");
        assertThat(call("repo", "verify").outcome()).isEqualTo(Outcome.DONE);
    }

    @Test
    void a_backup_goes_to_a_new_or_empty_folder_outside_of_the_repo() throws IOException {
        Path full = Files.createDirectory(folder.resolve("full"));
        Files.writeString(full.resolve("x"), "x");
        assertThat(call("repo", "backup", full.toString()).err()).contains("isn't an empty folder");
        assertThat(call("repo", "backup", folder.resolve("file").toString()).err())
                .contains("isn't an empty folder");
        assertThat(call("repo", "backup", folder.resolve("none/copy").toString()).err())
                .contains("there is no folder");
        assertThat(call("repo", "backup", repo().resolve("copy").toString()).err())
                .contains("within the repo");
        Path empty = Files.createDirectory(folder.resolve("empty"));
        assertThat(call("repo", "backup", empty.toString()).outcome()).isEqualTo(Outcome.DONE);
    }

    @Test
    void a_repo_whose_list_of_tables_is_gone_names_repair_and_is_repaired() throws IOException {
        for (String name : List.of("CURRENT", "MANIFEST")) {
            try (Stream<Path> files = Files.list(repo().resolve("store"))) {
                for (Path file : files.toList())
                    if (file.getFileName().toString().startsWith(name)) Files.delete(file);
            }
            for (String[] words : List.of(new String[] {"cat", root}, new String[] {"repo", "gc"}))
                assertThat(call(words).err()).as(name).contains("\"cairn repo repair\"");
            Called repaired = call("repo", "repair");
            assertThat(repaired.out()).contains("saved 4 blocks and 1 pins\n");
            assertThat(repaired.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(repaired.err()).contains("some pins may be missing, or back", "pin ls");
            assertThat(call("repo", "verify").outcome()).isEqualTo(Outcome.DONE);
        }
        assertThat(repo().resolve("store.damaged-1")).isDirectory();
        assertThat(repo().resolve("store.damaged-2")).isDirectory();
    }

    @Test
    void a_whole_repo_is_left_as_it_is() throws IOException {
        Called repaired = call("repo", "repair");
        assertThat(repaired.outcome()).isEqualTo(Outcome.DONE);
        assertThat(repaired.out())
                .isEqualTo(
                        "nothing is damaged: all 4 blocks and 1 pins are there; the repo was left"
                                + " as it is\n");
        assertThat(repo().resolve("store.damaged-1")).doesNotExist();
        assertThat(repo().resolve("store.repair")).doesNotExist();
    }

    @Test
    void repair_names_a_damaged_log_and_warns_of_lost_pins() throws IOException {
        Path log;
        try (Stream<Path> files = Files.list(repo().resolve("store"))) {
            log =
                    files.filter(file -> file.toString().endsWith(".log"))
                            .max(Comparator.comparingLong(file -> file.toFile().length()))
                            .orElseThrow();
        }
        byte[] bytes = Files.readAllBytes(log);
        bytes[100] ^= 1;
        Files.write(log, bytes);
        assertThat(call("pin", "ls").err()).contains(log.getFileName().toString(), "repo repair");
        Called repaired = call("repo", "repair");
        assertThat(repaired.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(repaired.out())
                .contains("damaged: " + log.getFileName() + ": byte ", "wrong checksum");
        assertThat(repaired.err()).contains("some pins may be missing");
        assertThat(call("repo", "verify").out())
                .isEqualTo("verify complete, all blocks validated.\n");
    }

    @Test
    void repair_names_lost_blocks_and_the_pins_that_need_them() throws IOException {
        flip();
        String bad = badBlock().orElseThrow();
        Called repaired = call("repo", "repair");
        assertThat(repaired.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(repaired.out())
                .contains("lost block " + bad + "\n")
                .contains("saved 3 blocks and 1 pins\n")
                .contains("\"photos\" isn't whole: it needs " + bad + "\n");
        assertThat(repaired.err())
                .isEqualTo("Error: repair complete, 1 blocks lost, 1 pins not whole\n");
    }

    @Test
    void a_repair_that_was_broken_off_between_its_renames_is_ended() throws IOException {
        Files.move(repo().resolve("store"), repo().resolve("store.repaired"));
        assertThat(call("cat", root).err()).contains("\"cairn repo repair\"");
        assertThat(call("repo", "repair").out()).contains("saved 4 blocks and 1 pins\n");
        assertThat(call("repo", "verify").outcome()).isEqualTo(Outcome.DONE);
    }

    @Test
    void migrate_goes_back_to_version_1_and_forth() throws IOException {
        assertThat(call("repo", "migrate").out())
                .isEqualTo("Repository is already at version 2.\n");
        assertThat(call("repo", "migrate", "--to=1").err())
                .isEqualTo(
                        "Error: downgrade from version 2 to 1 requires --allow-downgrade flag\n");
        assertThat(call("repo", "migrate", "--to=1", "--allow-downgrade").out())
                .contains("Repository successfully migrated to version 1.\n");
        assertThat(Files.readString(repo().resolve("version"))).isEqualTo("1\n");
        assertThat(call("repo", "version").out()).isEqualTo("ipfs repo version fs-repo@1\n");
        // Reading leaves it as it is, and writing brings it up to date.
        assertThat(call("repo", "stat").out())
                .startsWith("NumObjects: 4\n")
                .endsWith("Version:    fs-repo@1\n");
        assertThat(call("pin", "rm", root).outcome()).isEqualTo(Outcome.DONE);
        assertThat(call("repo", "version", "-q").out()).isEqualTo("fs-repo@2\n");
        assertThat(call("repo", "stat").out()).startsWith("NumObjects: 4\n");
        assertThat(call("repo", "migrate", "--to=3").outcome()).isEqualTo(Outcome.FAILED);
    }
}
