package cairn.node;

import cairn.node.repo.ImportSettings;
import cairn.node.repo.RepoException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cairn.blockstore.Pin;
import cairn.dag.MissingBlockException;
import cairn.dag.importer.ImportListener;
import cairn.dag.tree.ImportSource;
import cairn.dag.importer.Imported;
import cairn.dag.path.DagPath;
import cairn.multiformats.Cid;
import cairn.node.json.Json;
import cairn.node.pins.PinException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

final class CairnNodeTest {
    @TempDir Path folder;

    private Path repo() {
        return folder.resolve("repo");
    }

    private Path file(String text) throws Exception {
        return Files.writeString(folder.resolve("file"), text);
    }

    @Test
    void what_was_added_is_read_back_and_is_pinned() throws Exception {
        Imported added;
        try (CairnNode node = CairnNode.open(repo(), Access.WRITE)) {
            added = node.add(file("hello world"));
            assertThat(node.pins().get(added.cid())).isPresent();
        }
        try (CairnNode node = CairnNode.open(repo(), Access.READ);
                var reader = node.reader();
                var in = reader.openFile(DagPath.of(added.cid())).openStream()) {
            assertThat(in).hasContent("hello world");
        }
    }

    @Test
    void a_reader_opens_beside_a_writer() throws Exception {
        try (CairnNode writer = CairnNode.open(repo(), Access.WRITE);
                CairnNode reader = CairnNode.open(repo(), Access.READ)) {
            assertThat(writer.config()).isEqualTo(reader.config());
        }
    }

    @Test
    void what_only_reads_makes_no_repo() {
        NodeOptions options = NodeOptions.DEFAULT;
        for (ThrowingCallable read :
                List.<ThrowingCallable>of(
                        () -> CairnNode.open(repo(), Access.READ),
                        () -> options.openExisting(repo(), Access.WRITE),
                        () -> options.config(repo())))
            assertThatThrownBy(read)
                    .isInstanceOf(RepoException.class)
                    .hasMessageContaining("no repo at " + repo())
                    .hasMessageContaining("--repo-dir");
        assertThat(repo()).doesNotExist();
    }

    @Test
    void cids_are_computed_without_a_repo() throws Exception {
        AddOptions options =
                AddOptions.of(
                        ImportSettings.of(NodeOptions.DEFAULT.configOrInitial(repo())).build());
        assertThat(
                        CairnNode.hash(
                                List.of(ImportSource.path(file("hello world"))),
                                options,
                                ImportListener.NONE))
                .map(root -> root.cid().toString())
                .containsExactly("bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e");
        assertThat(repo()).doesNotExist();
    }

    @Test
    void a_repo_that_lost_its_version_is_left_alone_and_comes_back_with_it() throws Exception {
        Cid added;
        try (CairnNode node = CairnNode.open(repo(), Access.WRITE)) {
            added = node.add(file("hello world")).cid();
        }
        Files.delete(repo().resolve("version"));
        for (Access access : Access.values())
            assertThatThrownBy(() -> CairnNode.open(repo(), access))
                    .isInstanceOf(RepoException.class)
                    .hasMessageContaining("no file \"version\"")
                    .hasMessageContaining("write the line 2 into " + repo().resolve("version"));
        Files.writeString(repo().resolve("version"), "2\n");
        try (CairnNode node = CairnNode.open(repo(), Access.READ)) {
            assertThat(node.pins().get(added)).isPresent();
        }
    }

    @Test
    void a_folder_with_somebody_elses_config_is_left_alone() throws Exception {
        Files.createDirectory(repo());
        Path config = Files.writeString(repo().resolve("config"), "[core]\n");
        assertThatThrownBy(() -> CairnNode.open(repo(), Access.WRITE))
                .isInstanceOf(RepoException.class)
                .hasMessageContaining("--repo-dir");
        assertThat(config).hasContent("[core]\n");
    }

    @Test
    void a_repo_whose_making_was_cut_short_is_made_by_the_next_use() throws Exception {
        CairnNode.open(repo(), Access.WRITE).close();
        Files.move(repo().resolve("version"), repo().resolve("version.new"));
        assertThatThrownBy(() -> CairnNode.open(repo(), Access.READ))
                .hasMessageContaining("no repo at");
        CairnNode.open(repo(), Access.WRITE).close();
        assertThat(repo().resolve("version")).hasContent("2\n");
    }

    @Test
    void a_second_writer_is_told_who_has_the_lock_and_gives_up() throws Exception {
        List<String> owners = new ArrayList<>();
        var impatient =
                new NodeOptions("second", Duration.ofMillis(60), path -> {}, owners::add, e -> {});
        var first = new NodeOptions("cairn add big", Duration.ZERO, p -> {}, o -> {}, e -> {});
        try (CairnNode _ = first.open(repo(), Access.WRITE)) {
            assertThatThrownBy(() -> impatient.open(repo(), Access.WRITE))
                    .isInstanceOf(RepoException.class)
                    .hasMessageContaining("cairn add big")
                    .hasMessageContaining("process " + ProcessHandle.current().pid())
                    .hasMessageContaining("--timeout");
        }
        assertThat(owners).hasSize(1);
        try (CairnNode again = impatient.open(repo(), Access.WRITE)) {
            assertThat(again.config()).isNotNull();
        }
    }

    @Test
    void a_repo_of_a_newer_version_is_left_alone() throws Exception {
        CairnNode.open(repo(), Access.WRITE).close();
        Files.writeString(repo().resolve("version"), "3\n");
        for (Access access : Access.values())
            assertThatThrownBy(() -> CairnNode.open(repo(), access))
                    .isInstanceOf(RepoException.class)
                    .hasMessageContaining("version 3")
                    .hasMessageContaining("Update Cairn");
    }

    @Test
    void a_damaged_version_is_named() throws Exception {
        CairnNode.open(repo(), Access.WRITE).close();
        Files.write(repo().resolve("version"), new byte[] {(byte) 0xff});
        assertThatThrownBy(() -> CairnNode.open(repo(), Access.READ))
                .isInstanceOf(RepoException.class)
                .hasMessageContaining("damaged");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void a_repo_is_for_its_owner_only() throws Exception {
        CairnNode.open(repo(), Access.WRITE).close();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(repo())))
                .isEqualTo("rwx------");
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(repo().resolve("config"))))
                .isEqualTo("rw-------");
    }

    @Test
    void settings_are_kept_and_checked() throws Exception {
        NodeOptions options = NodeOptions.DEFAULT;
        options.configure(repo(), "Import.CidVersion", Json.Num.of(0));
        assertThat(options.config(repo()).number("Import.CidVersion")).contains(0L);
        assertThatThrownBy(() -> options.configure(repo(), "Import.Nope", Json.Num.of(0)))
                .isInstanceOf(RepoException.class)
                .hasMessageContaining("no setting Import.Nope");
        assertThatThrownBy(
                        () -> options.configure(repo(), "Import.CidVersion", new Json.Str("one")))
                .isInstanceOf(RepoException.class)
                .hasMessageContaining("takes a whole number");
    }

    @Test
    void a_text_is_taken_as_the_truth_value_or_number_that_a_setting_takes() throws Exception {
        NodeOptions options = NodeOptions.DEFAULT;
        options.configure(repo(), "Import.CidVersion", new Json.Str("0"));
        options.configure(repo(), "Datastore.HashOnRead", new Json.Str("true"));
        assertThat(options.config(repo()).number("Import.CidVersion")).contains(0L);
        assertThat(options.config(repo()).bool("Datastore.HashOnRead")).contains(true);
    }

    @Test
    void a_repo_whose_store_is_gone_is_refused_and_left_as_it_is() throws Exception {
        NodeOptions.DEFAULT.create(repo());
        Path elsewhere = Files.move(repo().resolve("store"), repo().resolve("elsewhere"));
        assertThatThrownBy(() -> CairnNode.open(repo(), Access.WRITE))
                .isInstanceOf(RepoException.class)
                .hasMessageContaining("lost its blocks");
        assertThat(repo().resolve("store")).doesNotExist();

        Files.move(elsewhere, repo().resolve("store"));
        CairnNode.open(repo(), Access.WRITE).close();
    }

    @Test
    void a_value_that_no_import_could_go_by_is_refused_with_its_key() throws Exception {
        NodeOptions options = NodeOptions.DEFAULT;
        assertThatThrownBy(() -> options.configure(repo(), "Import.CidVersion", Json.Num.of(7)))
                .hasMessageContaining("Import.CidVersion");
        assertThatThrownBy(
                        () -> options.configure(repo(), "Import.HashFunction", new Json.Str("no")))
                .hasMessageContaining("Import.HashFunction");
        assertThatThrownBy(
                        () -> options.configure(repo(), "Import.UnixFSChunker", new Json.Str("x")))
                .hasMessageContaining("Import.UnixFSChunker");
    }

    @Test
    void hash_functions_have_kubos_names_in_any_case() throws Exception {
        assertThat(ImportSettings.hash("SHA2-256")).isEqualTo(ImportSettings.hash("sha2-256"));
        assertThat(ImportSettings.hash("sha3")).isEqualTo(ImportSettings.hash("sha3-512"));
    }

    @Test
    void a_config_that_is_no_json_is_named_with_its_place() throws Exception {
        CairnNode.open(repo(), Access.WRITE).close();
        Files.writeString(repo().resolve("config"), "{\n  oops\n}");
        assertThatThrownBy(() -> CairnNode.open(repo(), Access.READ))
                .isInstanceOf(RepoException.class)
                .hasMessageContaining("line 2, column 3");
    }

    @Test
    void a_pin_of_what_is_not_here_is_refused_and_names_the_block() throws Exception {
        Cid absent = Cid.parse("bafkreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy");
        try (CairnNode node = CairnNode.open(repo(), Access.WRITE)) {
            for (Pin.Mode mode : Pin.Mode.values())
                assertThatThrownBy(() -> node.pins().add(absent, mode, ""))
                        .isInstanceOf(MissingBlockException.class)
                        .hasMessageContaining(absent.toString());
            assertThat(node.pins().get(absent)).isEmpty();
        }
    }

    @Test
    void a_block_below_a_pin_is_kept_by_it() throws Exception {
        Path tree = Files.createDirectories(folder.resolve("tree"));
        Files.writeString(tree.resolve("leaf"), "leaf");
        try (CairnNode node = CairnNode.open(repo(), Access.WRITE)) {
            Cid root = node.add(tree).cid();
            Cid leaf;
            try (var reader = node.reader()) {
                leaf = reader.resolve(DagPath.parse(root + "/leaf"));
            }
            assertThat(node.pins().keepersOf(List.of(leaf)).get(leaf).cid()).isEqualTo(root);
            assertThat(node.pins().keepersOf(List.of(root))).isEmpty();
            // The pin of a raw leaf comes before that of a directory.
            node.pins().add(leaf, Pin.Mode.RECURSIVE, "");
            assertThat(node.pins().keepersOf(List.of(leaf)).get(leaf).cid()).isEqualTo(root);
            node.pins().remove(List.of(leaf));
            List<Cid> indirect = new ArrayList<>();
            node.pins().forEachIndirect(indirect::add);
            assertThat(indirect).containsExactly(leaf);
            assertThatThrownBy(() -> node.pins().remove(List.of(root, leaf)))
                    .isInstanceOf(PinException.class)
                    .hasMessageContaining("not pinned or pinned indirectly");
            assertThat(node.pins().get(root)).isPresent();
        }
    }
}
