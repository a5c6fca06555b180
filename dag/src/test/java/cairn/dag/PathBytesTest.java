package cairn.dag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathBytesTest {
    private static LinkName bytes(String hex) {
        return LinkName.of(HexFormat.of().parseHex(hex));
    }

    // Nothing, text, U+FFFD as itself, bytes that are no text, what URIs escape.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2e",
                "2e2e",
                "61",
                "612f62",
                "2f",
                "2f61",
                "c3bc",
                "efbfbd",
                "ff",
                "61ff2fff",
                "2fff",
                "2fff2f61",
                "ff25",
                "ff3f23",
                "ff0a",
                "ff3a",
                "2e2e2fff"
            })
    @DisabledOnOs(OS.WINDOWS)
    void bytes_come_back_from_a_path_as_they_were(String hex) {
        assertThat(PathBytes.of(PathBytes.path(bytes(hex)))).isEqualTo(bytes(hex));
    }

    @ParameterizedTest
    @CsvSource({
        "612f2f62, 612f62, doubled",
        "61ff2f2f62, 61ff2f62, doubled in what is no text",
        "61ff2f, 61ff, trailing",
        "2f2fff, 2fff, leading"
    })
    @DisabledOnOs(OS.WINDOWS)
    void slashes_that_say_nothing_are_dropped(String hex, String expected, String which) {
        assertThat(PathBytes.of(PathBytes.path(bytes(hex)))).as(which).isEqualTo(bytes(expected));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void a_folder_has_no_slash_at_its_end(@TempDir Path dir) throws IOException {
        Path folder = Files.createDirectory(PathBytes.resolve(dir, bytes("ff")));
        assertThat(folder).hasParent(dir);
        assertThat(PathBytes.name(folder)).isEqualTo(bytes("ff"));
        assertThat(PathBytes.of(folder)).isEqualTo(PathBytes.of(dir).joined(bytes("ff")));
    }

    @Test
    void the_last_name_of_a_root_is_empty() {
        assertThat(PathBytes.name(Path.of("/"))).isEqualTo(LinkName.EMPTY);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void an_absolute_name_leaves_the_folder() {
        assertThat(PathBytes.resolve(Path.of("/a"), bytes("2fff")))
                .isEqualTo(PathBytes.path(bytes("2fff")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"00", "6100", "ff00"})
    void no_path_has_a_NUL(String hex) {
        assertThatThrownBy(() -> PathBytes.path(bytes(hex)))
                .isInstanceOf(InvalidPathException.class);
    }
}
