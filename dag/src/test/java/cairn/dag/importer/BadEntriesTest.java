package cairn.dag.importer;

import cairn.dag.tree.ImportSource;
import cairn.dag.tree.TreeEntry;
import cairn.dag.tree.TreeOptions;
import cairn.dag.chunker.ChunkerSpec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import cairn.dag.BlockSink;
import cairn.dag.importer.ImportFailedException.BadEntry;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class BadEntriesTest {
    @TempDir Path dir;

    private final TestImport run = new TestImport();

    private List<String> failures(BlockSink sink) throws Exception {
        try (Importer importer = run.importer(sink)) {
            ImportFailedException failed =
                    catchThrowableOfType(
                            ImportFailedException.class,
                            () -> importer.importOne(ImportSource.path(dir)));
            assertThat(failed).as("the import fails").isNotNull();
            return failed.entries().stream()
                    .map(
                            bad ->
                                    dir.relativize(Path.of(bad.path().toString()))
                                            + ": "
                                            + bad.reason())
                    .toList();
        }
    }

    @Test
    void all_bad_entries_are_named_and_the_others_are_imported() throws Exception {
        Files.writeString(dir.resolve("a"), "good");
        Files.createSymbolicLink(dir.resolve("b"), Path.of("nowhere"));
        Files.writeString(dir.resolve("c"), "good too");
        Files.createSymbolicLink(dir.resolve("d"), Path.of("d"));
        run.tree(TreeOptions.DEFAULT.withDereferenceSymlinks(true));

        assertThat(failures(run))
                .containsExactly(
                        "b: no such file or directory",
                        "d: Too many levels of symbolic links or unable to access attributes of"
                                + " symbolic link");
        assertThat(run.names()).hasSize(2).allMatch(name -> name.matches(".*/[ac]"));
    }

    @Test
    void an_unreadable_file_and_folder_are_named() throws Exception {
        Path file = Files.writeString(dir.resolve("file"), "secret");
        Path folder = Files.createDirectory(dir.resolve("folder"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("---------"));
        assumeFalse(Files.isReadable(file), "this user may read everything");
        assertThat(failures(run))
                .containsExactly("file: permission denied", "folder: permission denied");
    }

    @Test
    void a_fifo_and_a_socket_are_refused_unopened() throws Exception {
        new ProcessBuilder("mkfifo", dir.resolve("fifo").toString()).start().waitFor();
        try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket.bind(UnixDomainSocketAddress.of(dir.resolve("socket")));
            // Opening the FIFO would block, until the test's time is over.
            assertThat(failures(run))
                    .containsExactly(
                            "fifo: neither a file, a folder nor a symbolic link",
                            "socket: neither a file, a folder nor a symbolic link");
        }
    }

    @Test
    void a_folder_without_recursion_is_refused() throws Exception {
        run.tree(TreeOptions.DEFAULT.withRecursive(false));
        assertThat(failures(run))
                .containsExactly(": is a directory, use the '-r' flag to specify directories");
    }

    @Test
    void symbolic_links_that_lead_in_a_circle_are_found() throws Exception {
        Path deep = Files.createDirectories(dir.resolve("a/b/c"));
        Files.createSymbolicLink(deep.resolve("up"), Path.of("../.."));
        run.tree(TreeOptions.DEFAULT.withDereferenceSymlinks(true));
        assertThat(failures(run)).containsExactly("a/b/c/up: symbolic links lead in a circle");
    }

    @Test
    void folders_are_nested_at_most_1024_deep() throws Exception {
        Path deep = dir;
        for (int i = 0; i < TreeEntry.MAX_DEPTH - 1; i++) deep = deep.resolve("d");
        Files.createDirectories(deep);
        run.path(dir);

        Files.createDirectory(deep.resolve("x"));
        assertThat(failures(run)).singleElement().asString().endsWith("deeper than 1024");
    }

    /// What happens to a file while it is read.
    enum Change {
        GROWN,
        SHRUNK,
        TOUCHED,
        REPLACED,
        DELETED;

        void to(Path file) throws IOException {
            switch (this) {
                case GROWN -> Files.write(file, new byte[1], StandardOpenOption.APPEND);
                case SHRUNK -> Files.write(file, new byte[1]);
                case TOUCHED -> Files.setLastModifiedTime(file, FileTime.fromMillis(1));
                case REPLACED -> {
                    FileTime time = Files.getLastModifiedTime(file);
                    Path other = file.resolveSibling(".other");
                    Files.copy(file, other);
                    Files.setLastModifiedTime(other, time);
                    Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
                }
                case DELETED -> Files.delete(file);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Change.class)
    void a_small_file_that_changes_while_it_is_read_is_bad(Change change) throws Exception {
        Path file = Files.write(dir.resolve("file"), TestImport.bytes(1000));
        assertThat(failures(changingAtFirstBlock(change, file)))
                .containsExactly("file: changed while it was read");
    }

    @ParameterizedTest
    @ValueSource(strings = {"size-100000", "rabin-100000", "buzhash"})
    void a_large_file_that_changes_while_it_is_read_is_bad(String chunker) throws Exception {
        for (Change change : Change.values()) {
            run.options(
                    ImportOptions.builder(Profile.UNIXFS_V1_2025)
                            .chunker(ChunkerSpec.parse(chunker)));
            Path file = Files.write(dir.resolve("file"), TestImport.bytes(5 << 20));
            assertThat(failures(changingAtFirstBlock(change, file)))
                    .containsExactly("file: changed while it was read");
        }
    }

    private static BlockSink changingAtFirstBlock(Change change, Path file) {
        AtomicBoolean changed = new AtomicBoolean();
        return _ -> {
            if (changed.compareAndSet(false, true)) change.to(file);
        };
    }

    @Test
    void a_path_that_is_not_there_is_named() throws Exception {
        try (Importer importer = run.importer(run)) {
            ImportFailedException failed =
                    catchThrowableOfType(
                            ImportFailedException.class,
                            () -> importer.importOne(ImportSource.path(Path.of("no/such/path"))));
            assertThat(failed).hasMessage("no/such/path: no such file or directory");
        }
    }

    @Test
    void at_most_1000_bad_entries_are_kept_and_all_are_counted() throws Exception {
        for (int i = 0; i < 1005; i++)
            Files.createSymbolicLink(dir.resolve("l" + i), Path.of("nowhere"));
        run.tree(TreeOptions.DEFAULT.withDereferenceSymlinks(true));
        try (Importer importer = run.importer(run)) {
            ImportFailedException failed =
                    catchThrowableOfType(
                            ImportFailedException.class,
                            () -> importer.importOne(ImportSource.path(dir)));
            assertThat(failed.entries())
                    .hasSize(1000)
                    .extracting(BadEntry::reason)
                    .containsOnly("no such file or directory");
            assertThat(failed.count()).isEqualTo(1005);
        }
    }
}
