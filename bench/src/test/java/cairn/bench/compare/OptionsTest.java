package cairn.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class OptionsTest {
    @Test
    void memory_runs_only_when_it_is_named() {
        assertThat(parse().wants("memory")).isFalse();
        assertThat(parse("--cases", "memory").wants("memory")).isTrue();
    }

    @Test
    void all_that_compares_runs_unless_cases_are_named() {
        assertThat(parse().wants("add-file")).isTrue();
        assertThat(parse("--cases", "ls,cat").wants("add-file")).isFalse();
    }

    @Test
    void a_case_that_there_is_not_is_an_error() {
        assertThatThrownBy(() -> parse("--cases", "ls,add-flie")).hasMessageContaining("add-flie");
    }

    @Test
    void the_last_of_two_values_counts_so_that_the_scripts_default_gives_way() {
        assertThat(parse("--dir", "/a", "--dir", "/b").dir()).isEqualTo(Path.of("/b"));
    }

    @Test
    void rounds_are_a_number_above_zero() {
        assertThatThrownBy(() -> parse("--rounds", "0")).hasMessageContaining("--rounds");
        assertThatThrownBy(() -> parse("--rounds", "many")).hasMessageContaining("many");
        assertThatThrownBy(() -> parse("--rounds")).hasMessageContaining("needs a value");
    }

    private static Options parse(String... args) {
        return Options.parse(args);
    }
}
