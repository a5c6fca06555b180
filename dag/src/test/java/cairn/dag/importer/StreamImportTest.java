package cairn.dag.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cairn.dag.LinkName;
import cairn.dag.chunker.ChunkerSpec;
import cairn.dag.importer.ImportOptions.HamtMeasure;
import cairn.dag.importer.ImportOptions.Layout;
import cairn.dag.tree.ImportSource;
import cairn.dag.tree.Metadata;
import cairn.dag.tree.TreeEntry;
import cairn.dag.tree.TreeOptions;
import cairn.dag.tree.TreeStream;
import cairn.dag.tree.TreeWalk;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Trees that come as a stream become what they become from the disk.
final class StreamImportTest {
    private static final TreeOptions ALL = TreeOptions.DEFAULT.withHidden(true);

    @TempDir Path dir;
    private Path tree;

    @BeforeEach
    void makeTree() throws IOException {
        tree = Files.createDirectory(dir.resolve("tree"));
        Path deep = Files.createDirectories(tree.resolve("a/b/c"));
        Files.createDirectory(tree.resolve("empty"));
        Files.write(tree.resolve("a.txt"), TestImport.bytes(10));
        Files.write(tree.resolve("nothing"), new byte[0]);
        Files.write(tree.resolve(".hidden"), TestImport.bytes(7));
        Files.write(deep.resolve("large"), TestImport.bytes(3_000_001));
        Files.write(deep.resolve("chunk"), TestImport.bytes(1 << 20));
        Files.write(deep.resolve("chunk+1"), TestImport.bytes((1 << 20) + 1));
        for (int i = 0; i < 40; i++)
            Files.write(tree.resolve("a/file" + i), TestImport.bytes(100 + i));
        Files.createSymbolicLink(tree.resolve("a/link"), Path.of("../a.txt"));
    }

    static Stream<ImportOptionsBuilder> options() {
        return Stream.of(
                ImportOptions.builder(Profile.UNIXFS_V1_2025),
                ImportOptions.builder(Profile.UNIXFS_V0_2015),
                ImportOptions.builder(Profile.KUBO_DEFAULT).cidVersion(1),
                ImportOptions.builder(Profile.UNIXFS_V1_2025)
                        .hamtThreshold(1000, HamtMeasure.LINKS)
                        .hamtFanout(8)
                        .chunker(new ChunkerSpec.Size(1000))
                        .maxFileLinks(5),
                ImportOptions.builder(Profile.UNIXFS_V0_2015)
                        .layout(Layout.TRICKLE)
                        .chunker(new ChunkerSpec.Buzhash()),
                ImportOptions.builder(Profile.UNIXFS_V0_2015)
                        .preserveMode(true)
                        .preserveMtime(true)
                        .inline(32));
    }

    private List<TreeEntry> entries() throws Exception {
        EntryList list = new EntryList();
        new TreeWalk(ALL, list).walk(tree, LinkName.of("tree"), true);
        return list.entries;
    }

    private static TreeStream stream(List<TreeEntry> entries) {
        Iterator<TreeEntry> left = entries.iterator();
        return () -> left.hasNext() ? Optional.of(left.next()) : Optional.empty();
    }

    private static List<Imported> each(TestImport into, List<TreeEntry> entries) throws Exception {
        try (Importer importer = into.importer(into)) {
            return importer.importEach(stream(entries));
        }
    }

    private static Imported wrapped(TestImport into, List<TreeEntry> entries) throws Exception {
        try (Importer importer = into.importer(into)) {
            return importer.importWrapped(stream(entries));
        }
    }

    private static TestImport to(ImportOptionsBuilder options) {
        return new TestImport().options(options).tree(ALL);
    }

    @ParameterizedTest
    @MethodSource("options")
    void a_folder_becomes_what_it_becomes_from_disk(ImportOptionsBuilder options) throws Exception {
        TestImport disk = to(options);
        Imported expected = disk.path(tree);
        TestImport streamed = to(options);
        assertThat(each(streamed, entries())).containsExactly(expected);
        assertThat(streamed.entries).isEqualTo(disk.entries);
        assertThat(streamed.blocks.keySet()).isEqualTo(disk.blocks.keySet());
        assertThat(streamed.progress.getLast()).isEqualTo(disk.progress.getLast());
    }

    @ParameterizedTest
    @MethodSource("options")
    void so_it_does_wrapped(ImportOptionsBuilder options) throws Exception {
        TestImport disk = to(options);
        Imported expected;
        try (Importer importer = disk.importer(disk)) {
            expected = importer.importWrapped(List.of(ImportSource.path(tree)));
        }
        TestImport streamed = to(options);
        assertThat(wrapped(streamed, entries())).isEqualTo(expected);
        assertThat(streamed.entries).isEqualTo(disk.entries);
    }

    @Test
    void folders_need_not_be_told_of_and_entries_come_in_any_order() throws Exception {
        Files.delete(tree.resolve("empty"));
        Imported expected = new TestImport().tree(ALL).path(tree);
        List<TreeEntry> entries = entries();
        entries.removeIf(TreeEntry.Directory.class::isInstance);
        Collections.shuffle(entries, new Random(1));
        assertThat(each(new TestImport(), entries)).containsExactly(expected);
    }

    @Test
    void roots_keep_the_order_in_which_they_come() throws Exception {
        TestImport into = new TestImport();
        List<Imported> roots =
                each(into, List.of(file("b"), file("a/x"), file("a/y"), file("a"), nameless()));
        assertThat(roots.stream().map(root -> root.path().toString()))
                .containsExactly("b", "a", "a", "");
        assertThat(into.names()).containsExactly("b", "a/x", "a/y", "a", "a", "");
    }

    @Test
    void a_file_without_a_name_goes_by_its_cid_where_it_is_wrapped() throws Exception {
        TestImport into = new TestImport();
        Imported root = wrapped(into, List.of(nameless()));
        assertThat(into.node(root.cid()).links().getFirst().name().toString())
                .isEqualTo(into.entries.getFirst().cid().toString());
    }

    @Test
    void a_name_that_is_there_twice_is_a_bad_entry() {
        for (List<TreeEntry> entries :
                List.of(
                        List.of(file("d/a"), file("d/b"), file("d/a")),
                        List.of(file("d/a"), file("d/a/b")),
                        List.of(folder("d"), folder("d"))))
            assertThatThrownBy(() -> each(new TestImport(), entries))
                    .isInstanceOf(ImportFailedException.class)
                    .hasMessageContaining("is there twice");
    }

    @Test
    void what_the_sender_could_not_read_fails_the_import_and_the_rest_is_read() {
        TestImport into = new TestImport();
        TreeEntry bad =
                new TreeEntry.Unreadable(LinkName.of("/home/x"), "permission denied", false);
        assertThatThrownBy(() -> each(into, List.of(file("d/a"), bad, file("d/b"))))
                .isInstanceOfSatisfying(
                        ImportFailedException.class,
                        e -> assertThat(e.entries()).hasToString("[/home/x: permission denied]"));
        assertThat(into.names()).containsExactly("d/a", "d/b");
    }

    @Test
    void a_tree_is_over_where_the_next_could_not_be_read() {
        TestImport into = new TestImport();
        TreeEntry bad = new TreeEntry.Unreadable(LinkName.of("x"), "permission denied", true);
        assertThatThrownBy(() -> each(into, List.of(file("d/e/a"), bad)))
                .isInstanceOf(ImportFailedException.class);
        assertThat(into.names()).containsExactly("d/e/a", "d/e", "d");
    }

    @Test
    void empty_folders_are_left_out_where_they_are_not_wanted() throws Exception {
        TestImport into = new TestImport().tree(ALL.withEmptyDirectories(false));
        Imported root = each(into, List.of(folder("d"), folder("d/e"), file("d/a"))).getFirst();
        assertThat(into.node(root.cid()).links()).hasSize(1);
        assertThat(
                        each(
                                new TestImport().tree(ALL.withEmptyDirectories(false)),
                                List.of(folder("d"))))
                .hasSize(1);
    }

    @Test
    void a_folder_holds_no_more_than_one_of_a_walk() throws Exception {
        String name = "x".repeat(10_000);
        AtomicInteger made = new AtomicInteger();
        TreeStream endless = () -> Optional.of(folder("d/" + name + made.getAndIncrement()));
        TestImport into = new TestImport();
        try (Importer importer = into.importer(_ -> {})) {
            assertThatThrownBy(() -> importer.importEach(endless))
                    .hasMessageContaining("too many entries in one folder");
        }
        assertThat(made.get())
                .isBetween(
                        (int) (TreeWalk.MAX_HELD_BYTES / 11_000),
                        (int) (TreeWalk.MAX_HELD_BYTES / 10_000));
    }

    /// Then an entry that comes late for a folder is one too many.
    @Test
    void folders_are_finished_where_a_stream_holds_too_much() throws Exception {
        int folders = (int) (TreeWalk.MAX_HELD_BYTES / 10_000);
        String name = "x".repeat(10_000);
        List<TreeEntry> entries = new ArrayList<>();
        for (int i = 0; i < folders; i++) entries.add(folder("d/" + i + "/" + name));
        assertThat(each(new TestImport(), entries)).hasSize(1);
        entries.add(file("d/0/late"));
        assertThatThrownBy(() -> each(new TestImport(), entries))
                .isInstanceOf(ImportFailedException.class)
                .hasMessageContaining("the name \"0\" is there twice");
    }

    @Test
    void a_stream_comes_back_to_a_folder_as_long_as_it_is_held() throws Exception {
        List<TreeEntry> entries = new ArrayList<>();
        for (int i = 0; i < 1000; i++) entries.add(file("d/" + i % 10 + "/" + i));
        assertThat(each(new TestImport(), entries)).hasSize(1);
    }

    @Test
    void a_failure_of_the_stream_stops_the_import() {
        TestImport into = new TestImport();
        AtomicInteger asked = new AtomicInteger();
        TreeStream broken =
                () -> {
                    if (asked.getAndIncrement() == 0) return Optional.of(file("d/a"));
                    throw new IOException("cut off");
                };
        try (Importer importer = into.importer(into)) {
            assertThatThrownBy(() -> importer.importEach(broken)).hasMessage("cut off");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<LinkName> path(String path) {
        return Stream.of(path.split("/", -1)).map(LinkName::of).toList();
    }

    private static InputStream content() {
        return new ByteArrayInputStream(new byte[] {1, 2, 3});
    }

    private static TreeEntry file(String path) {
        return new TreeEntry.File(path(path), Metadata.NONE, content());
    }

    private static TreeEntry nameless() {
        return new TreeEntry.File(List.of(), Metadata.NONE, content());
    }

    private static TreeEntry folder(String path) {
        return new TreeEntry.Directory(path(path), Metadata.NONE);
    }
}
