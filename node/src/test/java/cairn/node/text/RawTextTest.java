package cairn.node.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RawTextTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "", // nothing
                "61", // ASCII
                "c3bc", // two bytes
                "f09f9982", // four bytes, a surrogate pair
                "ff", // never in UTF-8
                "61ff62", // between
                "c3", // cut short
                "c328", // broken off
                "eda080", // half a surrogate pair, which UTF-8 doesn't have
                "edb280", // what the scheme itself uses, as bytes
                "c080" // overlong
            })
    void any_bytes_come_back_as_they_were(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        assertThat(RawText.encode(RawText.decode(bytes))).isEqualTo(bytes);
    }

    @Test
    void utf8_is_read_as_usual() {
        byte[] bytes = "ünï 🙂".getBytes(StandardCharsets.UTF_8);
        assertThat(RawText.decode(bytes)).isEqualTo("ünï 🙂");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void a_name_that_is_not_utf8_names_a_file(@TempDir Path folder) throws Exception {
        String name = RawText.decode(new byte[] {'a', (byte) 0xff, ' ', '%'});
        Path file = RawText.path(folder + "/" + name);
        Files.writeString(file, "here");
        assertThat(Files.readString(file)).isEqualTo("here");
        assertThat(RawText.of(file)).isEqualTo(folder + "/" + name);
        try (var names = Files.list(folder)) {
            assertThat(names.map(p -> RawText.of(p.getFileName()))).containsExactly(name);
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void a_relative_path_stays_relative() {
        Path path = RawText.path("x/\udcff");
        assertThat(path.isAbsolute()).isFalse();
        assertThat(path.getNameCount()).isEqualTo(2);
        assertThat(RawText.of(path)).isEqualTo("x/\udcff");
    }
}
