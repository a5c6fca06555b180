package cairn.dag.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A merge by a user whom modes bind, in a process of its own: where the tests run as root, it is
/// one without root's right to pass over modes.
class MergeTest {
    private static final String MERGED = "merged";

    @TempDir Path folder;
    private Path from;
    private Path to;

    @BeforeEach
    void make() throws IOException {
        from = Files.createDirectory(folder.resolve("from"));
        to = Files.createDirectory(folder.resolve("to"));
    }

    private static Path file(Path path, String content) throws IOException {
        Files.createDirectories(path.getParent());
        return Files.writeString(path, content);
    }

    private static void mode(Path path, String mode) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private String merge() throws IOException {
        List<String> command = new ArrayList<>();
        if ((int) Files.getAttribute(folder, "unix:uid") == 0) {
            assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "root needs setpriv");
            String without = "-dac_override,-dac_read_search";
            command.addAll(
                    List.of("setpriv", "--inh-caps=" + without, "--bounding-set=" + without));
        }
        command.add(ProcessHandle.current().info().command().orElseThrow());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp"));
        command.add(System.getProperty("java.class.path"));
        command.addAll(List.of(MergeTest.class.getName(), from.toString(), to.toString()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var reader = process.inputReader(StandardCharsets.UTF_8)) {
            return reader.readAllAsString().strip();
        }
    }

    /// The other process: says how a merge of two folders ended.
    public static void main(String[] arguments) throws IOException {
        try {
            new Merge(Path.of(arguments[0]), Path.of(arguments[1])).run();
            System.out.println(MERGED);
        } catch (DiskException e) {
            System.out.println(e.getMessage());
        }
    }

    @Test
    void nothing_is_moved_where_a_folder_is_read_only() throws IOException {
        file(from.resolve("a"), "new");
        file(from.resolve("d/b"), "new");
        file(from.resolve("e/c"), "new");
        Path readOnly = file(to.resolve("d/b"), "old").getParent();
        file(to.resolve("e/c"), "old");
        mode(readOnly, "r-xr-xr-x");

        assertThat(merge())
                .isEqualTo(
                        "the folder "
                                + readOnly
                                + " is read-only for this user, so nothing was moved into it. Make"
                                + " it writable (chmod u+wx) and try again; all of it waits in "
                                + from);
        assertThat(to.resolve("a")).doesNotExist();
        assertThat(to.resolve("d/b")).hasContent("old");
        assertThat(to.resolve("e/c")).hasContent("old");
        assertThat(from.resolve("a")).exists();
        assertThat(from.resolve("d/b")).exists();
        assertThat(mode(readOnly)).isEqualTo("r-xr-xr-x");

        mode(readOnly, "rwxr-xr-x");
        assertThat(merge()).as("as the message says").isEqualTo(MERGED);
        assertThat(to.resolve("d/b")).hasContent("new");
    }

    @Test
    void a_read_only_folder_into_which_nothing_goes_is_none_of_its_business() throws IOException {
        file(from.resolve("d/e/b"), "new");
        Files.createDirectories(to.resolve("d/e"));
        mode(to.resolve("d"), "r-xr-xr-x");

        assertThat(merge()).isEqualTo(MERGED);
        assertThat(to.resolve("d/e/b")).hasContent("new");
    }

    @Test
    void folders_that_the_DAG_makes_read_only_are_moved_with_their_mode() throws IOException {
        file(from.resolve("new/b"), "b");
        file(from.resolve("there/c"), "c");
        Files.createDirectory(to.resolve("there"));
        for (String name : List.of("new", "there", ".")) mode(from.resolve(name), "r-xr-xr-x");

        assertThat(merge()).isEqualTo(MERGED);
        assertThat(to.resolve("new/b")).hasContent("b");
        assertThat(to.resolve("there/c")).hasContent("c");
        assertThat(mode(to.resolve("new"))).isEqualTo("r-xr-xr-x");
        assertThat(mode(to.resolve("there"))).as("its own stays").isEqualTo("rwxr-xr-x");
        assertThat(from).doesNotExist();
    }

    @Test
    void a_folder_whose_mode_allows_nothing_is_moved_too() throws IOException {
        file(from.resolve("d/b"), "b");
        Files.createDirectory(to.resolve("d"));
        mode(from.resolve("d"), "---------");

        assertThat(merge()).isEqualTo(MERGED);
        assertThat(to.resolve("d/b")).hasContent("b");
    }
}
