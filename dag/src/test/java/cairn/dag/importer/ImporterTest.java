package cairn.dag.importer;

import cairn.dag.tree.Metadata;
import cairn.dag.tree.ImportSource;
import cairn.dag.tree.TreeOptions;
import cairn.dag.ignore.IgnoreRules;
import cairn.dag.chunker.ChunkerSpec;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cairn.dag.LinkName;
import cairn.dag.UnixFs;
import cairn.multiformats.Cid;
import cairn.multiformats.Multicodec;
import cairn.multiformats.UnknownHashException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImporterTest {
    @TempDir Path dir;

    private Path file(String name, String content) throws IOException {
        Path file = dir.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    @ParameterizedTest
    @CsvSource({
        "0, a file of nothing",
        "1, the smallest",
        "1048575, a byte less than a chunk",
        "1048576, one chunk and the largest file in one piece",
        "1048577, two chunks in pieces",
        "5242883, several pieces",
    })
    void a_file_and_a_stream_of_its_bytes_have_one_CID(int length, String reason) throws Exception {
        byte[] bytes = TestImport.bytes(length);
        Path file = Files.write(dir.resolve("file"), bytes);
        for (String chunker : List.of("size-1048576", "size-777777", "rabin", "buzhash")) {
            TestImport ofFile = new TestImport().options(chunked(chunker));
            TestImport ofStream = new TestImport().options(chunked(chunker));
            Imported root = ofFile.path(file);
            assertThat(ofStream.bytes(bytes).cid()).as(reason).isEqualTo(root.cid());
            assertThat(ofFile.content(root.cid())).isEqualTo(bytes);
            assertThat(ofFile.blocks.keySet()).isEqualTo(ofStream.blocks.keySet());
        }
    }

    private static ImportOptionsBuilder chunked(String chunker) {
        return ImportOptions.builder(Profile.UNIXFS_V1_2025).chunker(ChunkerSpec.parse(chunker));
    }

    @Test
    void files_come_in_the_order_of_the_walk_and_folders_last_the_deepest_first() throws Exception {
        file("t/b/deep/x", "1");
        file("t/a", "2");
        file("t/b/Z", "3");
        file("t/ü", "4");
        Files.createDirectory(dir.resolve("t/c"));

        TestImport run = new TestImport();
        Imported root = run.path(dir.resolve("t"));

        assertThat(run.names())
                .containsExactly(
                        "t/a", "t/b/Z", "t/b/deep/x", "t/ü", "t/b/deep", "t/b", "t/c", "t");
        assertThat(run.entries.getLast()).isEqualTo(root);
    }

    @Test
    void what_an_import_says_does_not_depend_on_how_threads_run() throws Exception {
        for (int i = 0; i < 500; i++) file("many/" + i % 7 + "/" + i, "content " + i);
        Files.write(dir.resolve("many/3/large"), TestImport.bytes(9 << 20));
        TestImport first = new TestImport();
        first.path(dir.resolve("many"));
        for (int i = 0; i < 5; i++) {
            TestImport again = new TestImport();
            again.path(dir.resolve("many"));
            assertThat(again.entries).isEqualTo(first.entries);
        }
    }

    @Test
    void progress_grows_to_the_bytes_of_all_files() throws Exception {
        file("t/a", "12345");
        Files.write(dir.resolve("t/b"), TestImport.bytes(3 << 20));
        TestImport run = new TestImport();
        run.path(dir.resolve("t"));
        assertThat(run.progress).isSorted().last().isEqualTo(5L + (3 << 20));
    }

    @Test
    void a_listener_may_hear_of_bytes_and_not_of_entries() throws Exception {
        file("t/a/b/c", "12345");
        TestImport heard = new TestImport();
        Imported root = heard.path(dir.resolve("t"));
        TestImport unheard = new TestImport();
        unheard.hearsAdded = false;

        assertThat(unheard.path(dir.resolve("t"))).isEqualTo(root);
        assertThat(unheard.entries).isEmpty();
        assertThat(unheard.progress).isEqualTo(heard.progress);
    }

    @Test
    void of_a_finished_folder_nothing_is_kept_that_nobody_hears_of() throws Exception {
        Folder folder = new Folder(LinkName.EMPTY, Metadata.NONE);
        Node node = new Node(Cid.parse("bafkqaaa"), 1, 1);
        folder.add(new Folder.Finished(LinkName.of("told"), node, List.of()), true);
        folder.add(new Folder.Finished(LinkName.of("untold"), node, List.of()), false);
        assertThat(folder.links()).hasSize(2);
        assertThat(folder.folders()).extracting(f -> f.name().toString()).containsExactly("told");
    }

    @Test
    void hidden_and_ignored_entries_are_left_out_unless_named() throws Exception {
        file("t/.hidden/x", "1");
        file("t/keep", "2");
        file("t/x.log", "3");
        TestImport run =
                new TestImport()
                        .tree(TreeOptions.DEFAULT.withIgnore(IgnoreRules.of(List.of("*.log"))));
        run.path(dir.resolve("t"));
        assertThat(run.names()).containsExactly("t/keep", "t");

        TestImport named = new TestImport();
        named.path(dir.resolve("t/.hidden"));
        assertThat(named.names()).containsExactly(".hidden/x", ".hidden");

        TestImport all = new TestImport().tree(TreeOptions.DEFAULT.withHidden(true));
        all.path(dir.resolve("t"));
        assertThat(all.names())
                .containsExactly("t/.hidden/x", "t/keep", "t/x.log", "t/.hidden", "t");
    }

    @Test
    void empty_folders_can_be_left_out_but_not_the_root() throws Exception {
        Files.createDirectories(dir.resolve("t/empty"));
        file("t/full/.hidden", "only hidden entries are none");
        TestImport run = new TestImport().tree(TreeOptions.DEFAULT.withEmptyDirectories(false));
        Imported root = run.path(dir.resolve("t"));
        assertThat(run.names()).containsExactly("t");
        assertThat(run.node(root.cid()).links()).isEmpty();
    }

    @Test
    void a_symbolic_link_is_kept_or_replaced_by_what_it_points_to() throws Exception {
        file("t/target", "content");
        Files.createSymbolicLink(dir.resolve("t/link"), Path.of("target"));

        TestImport kept = new TestImport();
        Imported root = kept.path(dir.resolve("t"));
        UnixFs link = kept.unixFs(kept.node(root.cid()).links().getFirst().cid());
        assertThat(link.type()).isEqualTo(UnixFs.Type.SYMLINK);
        assertThat(UTF_8.decode(link.data().orElseThrow()).toString()).isEqualTo("target");

        TestImport replaced =
                new TestImport().tree(TreeOptions.DEFAULT.withDereferenceSymlinks(true));
        Imported whole = replaced.path(dir.resolve("t"));
        assertThat(replaced.node(whole.cid()).links())
                .extracting(l -> l.cid())
                .containsOnly(replaced.entries.getFirst().cid());
    }

    @Test
    void an_argument_that_is_dereferenced_has_the_name_of_its_target() throws Exception {
        file("target", "content");
        Path link = Files.createSymbolicLink(dir.resolve("link"), Path.of("target"));
        TestImport run = new TestImport().tree(TreeOptions.DEFAULT.withDereferenceArguments(true));
        assertThat(run.path(link).path()).hasToString("target");
    }

    @Test
    void sources_are_wrapped_in_the_order_of_their_names() throws Exception {
        Path b = file("b", "1");
        Path a = file("x/a", "2");
        TestImport run = new TestImport();
        try (Importer importer = run.importer(run)) {
            Imported root =
                    importer.importWrapped(
                            List.of(
                                    ImportSource.path(b),
                                    ImportSource.path(a),
                                    ImportSource.path(b),
                                    ImportSource.stream(
                                            LinkName.EMPTY,
                                            new ByteArrayInputStream(new byte[] {1}))));
            assertThat(run.names()).containsExactly("", "a", "b", "");
            String nameless = run.entries.getFirst().cid().toString();
            assertThat(run.node(root.cid()).links())
                    .extracting(link -> link.name().toString())
                    .containsExactly("a", "b", nameless);
        }
    }

    @Test
    void two_paths_of_one_name_are_refused() throws Exception {
        Path one = file("x/same", "1");
        Path other = file("y/same", "2");
        TestImport run = new TestImport();
        try (Importer importer = run.importer(run)) {
            assertThatThrownBy(
                            () ->
                                    importer.importEach(
                                            List.of(
                                                    ImportSource.path(one),
                                                    ImportSource.path(other))))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("same")
                    .hasMessageContaining("x")
                    .hasMessageContaining("y");
        }
        assertThat(run.blocks).isEmpty();
    }

    @Test
    void mode_and_time_are_at_the_root_of_a_file_alone() throws Exception {
        Path file = Files.write(dir.resolve("file"), TestImport.bytes(3 << 20));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-x---"));
        Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(1_700_000_000, 5)));
        TestImport run =
                new TestImport()
                        .options(
                                ImportOptions.builder(Profile.UNIXFS_V1_2025)
                                        .preserveMode(true)
                                        .preserveMtime(true));
        Imported root = run.path(file);
        UnixFs node = run.unixFs(root.cid());
        assertThat(node.mode()).hasValue(0750);
        assertThat(node.mtime().orElseThrow().toInstant())
                .isEqualTo(Instant.ofEpochSecond(1_700_000_000, 5));
        UnixFs leaf = run.unixFs(run.node(root.cid()).links().getFirst().cid());
        assertThat(leaf.mode()).isEmpty();
        assertThat(leaf.mtime()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 32, 33})
    void what_is_inlined_is_in_its_CID_and_not_in_the_sink(int length) throws Exception {
        TestImport run =
                new TestImport().options(ImportOptions.builder(Profile.UNIXFS_V1_2025).inline(32));
        Imported root = run.bytes(TestImport.bytes(length));
        assertThat(run.content(root.cid())).isEqualTo(TestImport.bytes(length));
        boolean inlined = root.cid().hash().function().equals(Multicodec.IDENTITY);
        assertThat(inlined).isEqualTo(length <= 32);
        assertThat(run.blocks).hasSize(inlined ? 0 : 1);
    }

    /// Those that Kubo refuses: a short digest, and long ones that no peer expects.
    @ParameterizedTest
    @ValueSource(strings = {"md5", "sha2-384", "shake-128"})
    void a_hash_that_peers_refuse_names_no_blocks(String name) {
        TestImport run =
                new TestImport()
                        .options(
                                ImportOptions.builder(Profile.UNIXFS_V1_2025)
                                        .hash(Multicodec.named(name).orElseThrow()));
        assertThatThrownBy(() -> run.importer(run))
                .isInstanceOf(UnknownHashException.class)
                .hasMessageContaining("'" + name + "' is not a hash function for new blocks");
    }

    @Test
    void a_directory_is_sharded_above_its_limit_of_links() throws Exception {
        for (int i = 0; i < 5; i++) file("t/" + i, "x");
        for (int limit : new int[] {4, 5}) {
            TestImport run =
                    new TestImport()
                            .options(
                                    ImportOptions.builder(Profile.UNIXFS_V1_2025)
                                            .maxDirectoryLinks(limit));
            Imported root = run.path(dir.resolve("t"));
            assertThat(run.unixFs(root.cid()).type())
                    .isEqualTo(limit == 4 ? UnixFs.Type.HAMT_SHARD : UnixFs.Type.DIRECTORY);
        }
    }

    @Test
    void a_file_that_the_system_makes_up_is_read_to_its_end() throws Exception {
        Path version = Path.of("/proc/version");
        assumeTrue(Files.isReadable(version), "no /proc here");
        TestImport run = new TestImport();
        Imported root = run.path(version);
        assertThat(run.content(root.cid())).isEqualTo(Files.readAllBytes(version));
    }
}
