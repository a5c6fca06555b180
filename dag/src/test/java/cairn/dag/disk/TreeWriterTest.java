package cairn.dag.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cairn.dag.BlockSource;
import cairn.dag.DagException;
import cairn.dag.KuboDags;
import cairn.dag.LinkName;
import cairn.dag.MemoryDag;
import cairn.dag.PathBytes;
import cairn.dag.UnixFs;
import cairn.dag.exporter.ReadAhead;
import cairn.dag.exporter.UnixFsReader;
import cairn.multiformats.Cid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TreeWriterTest {
    @TempDir Path folder;
    private final MemoryDag dag = new MemoryDag();

    private Path write(BlockSource blocks, Cid cid, Path target) throws IOException {
        return write(blocks, cid, target, WriteListener.NONE);
    }

    private Path write(BlockSource blocks, Cid cid, Path target, WriteListener listener)
            throws IOException {
        return write(blocks, cid, target, listener, new Recheck.ByHash(MemoryDag.HASHES));
    }

    private static Path write(
            BlockSource blocks, Cid cid, Path target, WriteListener listener, Recheck recheck)
            throws IOException {
        try (UnixFsReader reader = new UnixFsReader(blocks, ReadAhead.LOCAL)) {
            return new TreeWriter(recheck, listener, 2, false)
                    .write(reader.open(cid), target, LinkName.of(cid.toString()));
        }
    }

    /// What lies below a path: names to contents, `/` for directories, `-> target` for links.
    private static Map<String, String> contents(Path root) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                String name = root.relativize(path).toString();
                if (Files.isSymbolicLink(path))
                    contents.put(name, "-> " + Files.readSymbolicLink(path));
                else if (Files.isDirectory(path)) contents.put(name, "/");
                else
                    contents.put(
                            name,
                            new String(
                                    Files.readAllBytes(path),
                                    java.nio.charset.StandardCharsets.ISO_8859_1));
            }
        }
        return contents;
    }

    private List<String> inFolder() throws IOException {
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.map(p -> p.getFileName().toString()).sorted().toList();
        }
    }

    private void assertRefused(Cid cid, String message) {
        assertThatThrownBy(() -> write(dag, cid, folder.resolve("out")))
                .isInstanceOf(DagException.class)
                .hasMessageContaining(message);
        assertThat(folder.resolve("out")).doesNotExist();
    }

    private Cid smallTree() {
        Cid x = dag.raw("x");
        return dag.directory(
                dag.link("a", x),
                dag.link("big", dag.file(MemoryDag.content(1000), 16, 4)),
                dag.link(
                        "d",
                        dag.directory(
                                dag.link("b", dag.raw("yy")), dag.link("e", dag.directory()))),
                dag.link("l", dag.symlink("../outside")));
    }

    @Test
    void a_tree_comes_out_as_it_is_in_the_dag() throws IOException {
        Path out = write(dag, smallTree(), folder.resolve("out"));

        assertThat(contents(out))
                .containsEntry("a", "x")
                .containsEntry("d", "/")
                .containsEntry("d/b", "yy")
                .containsEntry("d/e", "/")
                .containsEntry("l", "-> ../outside")
                .hasSize(7);
        assertThat(out.resolve("big")).hasBinaryContent(MemoryDag.content(1000));
        assertThat(inFolder()).containsExactly("out");
    }

    @Test
    void what_kubo_added_comes_out_whole() throws IOException {
        Path out = write(KuboDags.load("tree"), KuboDags.root("tree"), folder.resolve("out"));

        assertThat(out.resolve("one")).hasBinaryContent(MemoryDag.content(700));
        assertThat(out.resolve("nothing")).isEmptyFile();
        assertThat(out.resolve("empty")).isEmptyDirectory();
        assertThat(out.resolve("sub").resolve("n".repeat(200)))
                .hasBinaryContent(MemoryDag.content(8));
        assertThat(out.resolve("sub/deeper/back\\slash")).hasBinaryContent(MemoryDag.content(3));
        assertThat(Files.readSymbolicLink(out.resolve("sub/link"))).hasToString("../one");
        assertThat(DiskNames.child(out.resolve("sub"), LinkName.of("ü ☃")))
                .hasBinaryContent(MemoryDag.content(9));
    }

    @Test
    void modes_and_times_are_given_back() throws IOException {
        Path out =
                write(KuboDags.load("tree-meta"), KuboDags.root("tree-meta"), folder.resolve("o"));
        Instant time = Instant.parse("2001-02-03T04:05:06.789Z");

        assertThat(Files.getLastModifiedTime(out.resolve("one")).toInstant()).isEqualTo(time);
        assertThat(Files.getLastModifiedTime(out.resolve("sub")).toInstant()).isEqualTo(time);
        assertThat(Files.getLastModifiedTime(out.resolve("sub/deeper")).toInstant())
                .isEqualTo(time);
        assertThat(permissions(out.resolve("one"))).isEqualTo("rw-r-----");
        assertThat(permissions(out.resolve("sub"))).isEqualTo("rwx------");
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void set_id_bits_are_not_given() throws IOException {
        UnixFs file = UnixFs.of(UnixFs.Type.FILE).withData(MemoryDag.text("x"));
        Cid cid = dag.node(file.withMetadata(OptionalInt.of(07755), java.util.Optional.empty()));
        Path out = write(dag, cid, folder.resolve("out"));

        assertThat((int) Files.getAttribute(out, "unix:mode") & 07777).isEqualTo(0755);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "/", "a/b", "../a", "/etc", "a\0b", "a/"})
    void a_name_that_leads_elsewhere_is_refused(String name) throws IOException {
        assertRefused(dag.directory(dag.link(name, dag.raw("x"))), "can't be written");
        assertRefused(dag.directory(dag.link(name, dag.directory())), "can't be written");
        assertRefused(dag.directory(dag.link(name, dag.symlink("x"))), "can't be written");
    }

    @Test
    void a_name_too_long_for_the_disk_is_refused() {
        Cid cid = dag.directory(dag.link("n".repeat(256), dag.raw("x")));
        assertThatThrownBy(() -> write(dag, cid, folder.resolve("out")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("too long");
    }

    @Test
    void a_name_that_could_fill_a_block_is_refused_in_few_words() {
        Cid cid = dag.directory(dag.link("n".repeat(1 << 20), dag.raw("x")));
        assertThatThrownBy(() -> write(dag, cid, folder.resolve("out")))
                .isInstanceOf(DiskException.class)
                .hasMessageEndingWith("it has 1048576 bytes, more than any path")
                .extracting(e -> e.getMessage().length())
                .matches(length -> length < 5000);
    }

    @Test
    void a_name_that_is_not_utf8_is_kept_as_it_is() throws IOException {
        byte[] name = {'a', (byte) 0xff, (byte) 0xc3, '.'};
        Cid cid = dag.directory(new cairn.dag.PbLink(dag.raw("x"), LinkName.of(name), 1));
        Path out = write(dag, cid, folder.resolve("out"));

        Path child = DiskNames.child(out, LinkName.of(name));
        assertThat(child).hasContent("x");
        assertThat(PathBytes.name(child).bytes()).isEqualTo(name);
    }

    @Test
    void a_name_that_comes_twice_is_refused() {
        Cid x = dag.raw("x");
        assertRefused(
                dag.directory(dag.link("a", x), dag.link("a", dag.raw("y"))), "another entry");
        assertRefused(
                dag.directory(dag.link("a", x), dag.link("a", dag.directory())), "another entry");
    }

    // CVE-2020-26279: a link out, then a file through it.
    @Test
    void nothing_is_written_through_a_symbolic_link() throws IOException {
        Path outside = Files.createDirectory(folder.resolve("outside"));
        Cid into = dag.directory(dag.link("f", dag.raw("x")));
        Cid link = dag.symlink(outside.toString());

        assertRefused(dag.directory(dag.link("a", link), dag.link("a", into)), "another entry");
        Cid missing = dag.symlink(outside.resolve("new").toString());
        assertRefused(
                dag.directory(dag.link("a", missing), dag.link("a", dag.raw("x"))),
                "another entry");
        assertThat(outside).isEmptyDirectory();
    }

    @Test
    void links_point_to_the_very_bytes() throws IOException {
        for (String target : List.of("a", "a/", "a//b", "/", "./x", "..", "ü")) {
            Path out = write(dag, dag.symlink(target), folder.resolve("link"));
            assertThat(Files.readSymbolicLink(out)).hasToString(target);
        }
        assertRefused(dag.symlink(""), "to nowhere");
        assertRefused(dag.symlink("a\0b"), "NUL");
    }

    @Test
    void depth_is_bounded() {
        Cid cid = dag.directory();
        for (int i = 0; i <= DirectoryStack.MAX_DEPTH; i++) cid = dag.directory(dag.link("d", cid));
        assertRefused(cid, "nested too deep");
    }

    @Test
    void more_than_the_disk_has_free_is_refused_before_anything_is_written() throws IOException {
        long size = 1L << 60;
        Cid file = dag.fileNode(size, List.of(size), dag.raw("x"));
        assertRefused(file, "declares " + size + " bytes, but the disk of");
        assertRefused(dag.directory(MemoryDag.link("f", file, size)), "nothing was written");
        assertThat(inFolder()).isEmpty();
    }

    @Test
    void a_file_replaces_a_file_and_goes_into_a_directory() throws IOException {
        Cid x = dag.raw("x");
        Path target = folder.resolve("out");
        write(dag, dag.raw("before"), target);
        assertThat(write(dag, x, target)).isEqualTo(target).hasContent("x");

        Path into = Files.createDirectory(folder.resolve("dir"));
        assertThat(write(dag, x, into)).isEqualTo(into.resolve(x.toString())).hasContent("x");
    }

    @Test
    void a_file_replaces_a_symbolic_link_and_not_what_it_points_to() throws IOException {
        Path other = Files.writeString(folder.resolve("other"), "kept");
        Path link = Files.createSymbolicLink(folder.resolve("link"), other);
        write(dag, dag.raw("x"), link);

        assertThat(other).hasContent("kept");
        assertThat(Files.isSymbolicLink(link)).isFalse();
        assertThat(link).hasContent("x");
    }

    @Test
    void a_directory_goes_into_a_directory() throws IOException {
        Path target = folder.resolve("out");
        Files.createDirectories(target.resolve("d"));
        Files.writeString(target.resolve("d/b"), "before");
        Files.writeString(target.resolve("d/kept"), "kept");
        write(dag, smallTree(), target);

        assertThat(contents(target)).containsEntry("d/b", "yy").containsEntry("d/kept", "kept");
        assertThat(inFolder()).containsExactly("out");
    }

    @Test
    void a_merge_moves_nothing_when_something_is_in_the_way() throws IOException {
        Path target = folder.resolve("out");
        Files.createDirectories(target.resolve("d"));
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Files.delete(target.resolve("d"));
        Files.createSymbolicLink(target.resolve("d"), elsewhere);

        assertThatThrownBy(() -> write(dag, smallTree(), target))
                .hasMessageContaining("d is in the way of a directory; all of it waits in");
        assertThat(contents(target)).containsOnlyKeys("", "d");
        assertThat(elsewhere).isEmptyDirectory();
    }

    @Test
    void a_directory_does_not_replace_a_file() throws IOException {
        Path target = Files.writeString(folder.resolve("out"), "kept");
        Cid cid = smallTree();
        assertThatThrownBy(() -> write(dag, cid, target)).hasMessageContaining("is no directory");
        assertThat(target).hasContent("kept");
    }

    @Test
    void a_target_in_a_folder_that_is_not_there_is_refused() {
        Cid x = dag.raw("x");
        assertThatThrownBy(() -> write(dag, x, folder.resolve("no/out")))
                .hasMessageContaining("no directory that exists");
    }

    @Test
    void the_listener_hears_of_every_byte_and_entry() throws IOException {
        AtomicLong bytes = new AtomicLong();
        AtomicInteger entries = new AtomicInteger();
        write(
                dag,
                smallTree(),
                folder.resolve("out"),
                new WriteListener() {
                    @Override
                    public void bytes(long count) {
                        bytes.addAndGet(count);
                    }

                    @Override
                    public void entry(Cid cid) {
                        entries.incrementAndGet();
                    }
                });
        assertThat(bytes).hasValue(1 + 2 + 1000);
        assertThat(entries).hasValue(7);
    }

    @Test
    void whenever_a_write_is_cut_off_the_next_one_ends_the_same() throws IOException {
        Cid cid = smallTree();
        write(dag, cid, folder.resolve("whole"));
        Map<String, String> whole = contents(folder.resolve("whole"));
        for (int cut = 1; cut < 100; cut++) {
            Path target = folder.resolve("out-" + cut);
            int last = dag.gets() + cut;
            BlockSource failing =
                    c -> {
                        if (dag.gets() >= last) throw new IOException("cut off");
                        return dag.get(c);
                    };
            try {
                write(failing, cid, target);
            } catch (IOException e) {
                assertThat(e).hasMessage("cut off");
                assertThat(target).doesNotExist();
            }
            write(dag, cid, target);
            assertThat(contents(target)).isEqualTo(whole);
        }
        assertThat(inFolder()).noneMatch(name -> name.endsWith(".partial"));
    }

    private Path aside(Cid cid) throws IOException {
        String text = cid.toString();
        return folder.resolve(".out.cairn-" + text.substring(text.length() - 16) + ".partial");
    }

    private void leaveAside(Cid cid) throws IOException {
        Path done = write(dag, cid, folder.resolve("done"));
        Files.move(done, aside(cid));
    }

    static List<Recheck> rechecks() {
        return List.of(new Recheck.ByHash(MemoryDag.HASHES), new Recheck.ByContent());
    }

    @ParameterizedTest
    @MethodSource("rechecks")
    void what_is_aside_is_checked_and_made_good(Recheck recheck) throws IOException {
        Cid cid = smallTree();
        leaveAside(cid);
        byte[] bytes = MemoryDag.content(1000);
        bytes[500] ^= 1;
        Files.write(aside(cid).resolve("big"), bytes);
        Files.writeString(aside(cid).resolve("a"), "xtra");
        Files.delete(aside(cid).resolve("d/b"));

        Path out = write(dag, cid, folder.resolve("out"), WriteListener.NONE, recheck);

        assertThat(out.resolve("big")).hasBinaryContent(MemoryDag.content(1000));
        assertThat(out.resolve("a")).hasContent("x");
        assertThat(out.resolve("d/b")).hasContent("yy");
    }

    @Test
    void leaves_that_are_aside_are_not_read_again() throws IOException {
        Cid file = dag.file(MemoryDag.content(1600), 16, 10);
        Path done = write(dag, file, folder.resolve("done"));
        Files.write(aside(file), java.util.Arrays.copyOf(Files.readAllBytes(done), 800));
        int before = dag.gets();

        Path out = write(dag, file, folder.resolve("out"));

        assertThat(out).hasBinaryContent(MemoryDag.content(1600));
        assertThat(dag.gets() - before).isEqualTo(1 + 10 + 50);
    }

    @Test
    void what_is_aside_and_right_is_not_written_again() throws IOException {
        Cid file = dag.file(MemoryDag.content(1600), 16, 10);
        leaveAside(file);
        FileTime longAgo = FileTime.fromMillis(0);
        Files.setLastModifiedTime(aside(file), longAgo);

        Path out =
                write(
                        dag,
                        file,
                        folder.resolve("out"),
                        WriteListener.NONE,
                        new Recheck.ByContent());

        assertThat(Files.getLastModifiedTime(out)).isEqualTo(longAgo);
    }

    @Test
    void what_does_not_belong_aside_is_not_taken_over() throws IOException {
        Cid cid = smallTree();
        leaveAside(cid);
        Files.writeString(aside(cid).resolve("stray"), "?");

        assertRefused(cid, "stray was left there by something else");
    }

    @Test
    void a_symbolic_link_aside_is_not_written_through() throws IOException {
        Path outside = Files.writeString(folder.resolve("outside"), "kept");
        Cid cid = smallTree();
        leaveAside(cid);
        Files.delete(aside(cid).resolve("a"));
        Files.createSymbolicLink(aside(cid).resolve("a"), outside);

        assertRefused(cid, "in the way of a file");
        assertThat(outside).hasContent("kept");

        Cid file = dag.raw("x");
        Files.createSymbolicLink(aside(file), outside);
        assertRefused(file, "in the way of a file");
        assertThat(Files.isSymbolicLink(aside(file))).isTrue();
        assertThat(Files.exists(outside, LinkOption.NOFOLLOW_LINKS)).isTrue();
    }

    @Test
    void files_and_trees_are_synced() throws IOException {
        TreeWriter writer =
                new TreeWriter(new Recheck.ByHash(MemoryDag.HASHES), WriteListener.NONE);
        try (UnixFsReader reader = new UnixFsReader(dag, ReadAhead.LOCAL)) {
            Path tree = folder.resolve("tree");
            Path file = folder.resolve("file");
            writer.write(reader.open(smallTree()), tree, LinkName.of("t"));
            writer.write(reader.open(dag.raw("x")), file, LinkName.of("f"));
            assertThat(tree.resolve("a")).hasContent("x");
            assertThat(file).hasContent("x");
        }
    }

    @Test
    void names_of_any_length_have_a_place_aside() throws IOException {
        Path target = folder.resolve("t".repeat(255));
        assertThat(write(dag, dag.raw("x"), target)).isEqualTo(target).hasContent("x");
    }

    @Test
    void what_another_user_left_aside_is_refused() throws IOException {
        Cid cid = dag.raw("mine");
        Path aside =
                Placement.of(
                                new UnixFsReader(dag, ReadAhead.LOCAL).open(cid),
                                folder.resolve("out"),
                                LinkName.of("out"))
                        .aside();
        Files.writeString(aside, "theirs");
        try {
            Files.setAttribute(aside, "unix:uid", 65_534);
        } catch (IOException e) {
            org.junit.jupiter.api.Assumptions.abort("only root gives files away");
        }
        assertThatThrownBy(() -> write(dag, cid, folder.resolve("out")))
                .isInstanceOf(DiskException.class)
                .hasMessageContaining("belongs to another user");
        assertThat(inFolder()).containsExactly(aside.getFileName().toString());
    }
}
