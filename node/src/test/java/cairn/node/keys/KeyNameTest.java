package cairn.node.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyNameTest {
    /// The files are those that Kubo 0.43 makes.
    @ParameterizedTest
    @CsvSource({"a, key_me", "old, key_n5wgi", "old2, key_n5wgimq", "t3, key_oqzq"})
    void a_file_is_called_as_kubo_calls_it(String name, String file) {
        assertThat(new KeyName(name).file()).isEqualTo(file);
        assertThat(KeyName.ofFile(file)).contains(new KeyName(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "A", "...", "a b", "straße", "鍵", "🔑", "key_a", "Self", "a-b"})
    void what_a_person_would_type_is_a_name(String text) throws Exception {
        KeyName name = KeyName.of(text);
        assertThat(name).hasToString(text);
        assertThat(KeyName.ofFile(name.file())).contains(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " a",
                "a ",
                "-a",
                ".",
                "..",
                "a/b",
                "/",
                "../a",
                "a\\b",
                "a\u0000b",
                "a\nb",
                "a\u001b[2J",
                "\u202ea",
                "a\u2028b",
                "self",
                "\ud800",
                "\ue000"
            })
    void what_could_mislead_is_no_name(String text) {
        assertThatThrownBy(() -> KeyName.of(text)).isInstanceOf(KeyException.class);
        assertThatThrownBy(() -> new KeyName(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_name_has_at_most_128_bytes_so_that_a_file_can_have_it() throws Exception {
        assertThat(KeyName.of("x".repeat(128)).file().length() + ".new".length())
                .isLessThanOrEqualTo(255);
        for (String tooLong : List.of("x".repeat(129), "ß".repeat(65), "x".repeat(1 << 20)))
            assertThatThrownBy(() -> KeyName.of(tooLong))
                    .isInstanceOf(KeyException.class)
                    .hasMessageContaining("at most 128 bytes");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "key_",
                "key_1",
                "key_ME",
                "key_me.new",
                "key_mf",
                "key_f4",
                "key_/"
            })
    void other_files_are_no_keys(String file) {
        assertThat(KeyName.ofFile(file)).isEmpty();
    }
}
