package cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveFileTest {
    @TempDir Path folder;

    private Path target;
    private String cid;

    @BeforeEach
    void add() throws Exception {
        target = Files.createDirectory(folder.resolve("out")).resolve("x.tar");
        cid = Called.with(repo(), new byte[] {1, 2, 3}, "add", "-Q").out().strip();
    }

    @Test
    void the_root_in_an_archive_has_the_last_name_of_the_path_whatever_the_file_is_called()
            throws Exception {
        get("-a");

        String entry = new String(Files.readAllBytes(target), 0, 100, StandardCharsets.UTF_8);
        assertThat(entry.replace("\0", "")).isEqualTo(cid);
    }

    @Test
    void a_symbolic_link_is_compressed_to_what_cat_prints() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("a/target"));
        cid = Called.with(repo(), "add", "-Q", link.toString()).out().strip();
        target = folder.resolve("link.gz");

        assertThat(get("-C").out()).isEqualTo("Saving archive to " + target + "\n");

        try (var in = new GZIPInputStream(Files.newInputStream(target))) {
            assertThat(in).hasContent("a/target");
        }
    }

    @Test
    void an_archive_has_the_permissions_of_any_new_file() throws Exception {
        Path usual = Files.createFile(folder.resolve("usual"));

        assertThat(get("-a").outcome()).isEqualTo(Outcome.DONE);

        assertThat(Files.getPosixFilePermissions(target))
                .isEqualTo(Files.getPosixFilePermissions(usual));
        assertThat(names()).containsExactly("x.tar");
    }

    @Test
    void what_a_killed_run_left_aside_is_replaced_not_followed() throws Exception {
        Path aim = Files.writeString(folder.resolve("aim"), "kept");
        String end = cid.substring(cid.length() - 16);
        Path aside = target.resolveSibling(".x.tar.cairn-" + end + ".partial");
        Files.createSymbolicLink(aside, aim);

        assertThat(get("-a").outcome()).isEqualTo(Outcome.DONE);

        assertThat(aim).hasContent("kept");
        assertThat(Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)).isTrue();
        assertThat(names()).containsExactly("x.tar");
    }

    @Test
    void a_directory_is_not_replaced() throws Exception {
        Files.createDirectory(target);

        assertThat(get("-a").err()).contains("Error:", "is a directory");
        assertThat(names()).containsExactly("x.tar");
    }

    @Test
    void a_folder_that_is_not_there_is_named() {
        target = folder.resolve("absent/x.tar");

        assertThat(get("-a").err()).contains("Error:", "absent");
    }

    private Called get(String... flags) {
        return Called.with(
                repo(),
                Stream.concat(Stream.of("get", cid, "-o", target.toString()), Stream.of(flags))
                        .toArray(String[]::new));
    }

    private List<String> names() throws Exception {
        try (Stream<Path> all = Files.list(folder.resolve("out"))) {
            return all.map(p -> p.getFileName().toString()).toList();
        }
    }

    private Path repo() {
        return folder.resolve("repo");
    }
}
