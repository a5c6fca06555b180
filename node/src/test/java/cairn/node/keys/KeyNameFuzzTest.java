package cairn.node.keys;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;

class KeyNameFuzzTest {
    @FuzzTest
    void a_text_is_a_name_with_a_file_of_its_own_or_refused(@NotNull String text) {
        KeyName name;
        try {
            name = KeyName.of(text);
        } catch (KeyException e) {
            assertThat(e.getMessage()).isNotBlank();
            return;
        }
        assertThat(name.file()).matches("key_[a-z2-7]{2,}").hasSizeLessThan(250);
        assertThat(KeyName.ofFile(name.file())).contains(name);
    }

    @FuzzTest
    void a_file_is_a_names_or_passed_over(@NotNull String file) {
        KeyName.ofFile(file).ifPresent(name -> assertThat(name.file()).isEqualTo(file));
    }
}
