package cairn.dag.ignore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cairn.dag.LinkName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class IgnoreRulesTest {
    private static final Path TABLE = Path.of("../testdata/kubo/ignore.tsv");

    private static List<String[]> table() throws IOException {
        return Files.readAllLines(TABLE).stream().map(row -> row.split("\t", -1)).toList();
    }

    static Stream<String> rules() throws IOException {
        return table().stream().map(row -> row[0]);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void a_rule_leaves_out_the_names_that_kubo_leaves_out(String rule) throws IOException {
        TreeSet<String> all = new TreeSet<>();
        TreeSet<String> expected = new TreeSet<>();
        for (String[] row : table()) {
            List<String> names = Stream.of(row[1].split("/")).filter(n -> !n.isEmpty()).toList();
            all.addAll(names);
            if (row[0].equals(rule)) expected.addAll(names);
        }
        IgnoreRules rules = IgnoreRules.of(List.of(rule));
        assertThat(all).hasSizeGreaterThan(30);
        assertThat(all)
                .filteredOn(name -> rules.matches(LinkName.of(name)))
                .hasSameElementsAs(expected);
    }

    @Test
    void a_later_rule_goes_before_an_earlier_one() {
        IgnoreRules rules = IgnoreRules.of(List.of("*.js", "!a.js", "a*b"));
        assertThat(rules.matches(LinkName.of("b.js"))).isTrue();
        assertThat(rules.matches(LinkName.of("a.js"))).isFalse();
        assertThat(rules.matches(LinkName.of("a.js.b"))).isTrue();
    }

    @Test
    void a_name_that_is_not_UTF_8_can_be_left_out() {
        LinkName name = LinkName.of(new byte[] {'a', (byte) 0xff, '.', 'o'});
        assertThat(IgnoreRules.of(List.of("*.o")).matches(name)).isTrue();
        assertThat(IgnoreRules.of(List.of("a.o")).matches(name)).isFalse();
    }

    @Test
    void many_stars_take_no_more_than_the_product_of_lengths() {
        IgnoreRules rules = IgnoreRules.of(List.of("*a".repeat(100) + "b"));
        assertThat(rules.matches(LinkName.of("a".repeat(255)))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"c++", "notes(1).txt", "a|b", "a{2}", "\\d", "[[:alpha:]]", "a\\?"})
    void operators_of_regular_expressions_are_refused_by_name(String rule) {
        assertThatThrownBy(() -> IgnoreRules.of(List.of("*.log", rule)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("ignore rule '" + rule + "'");
    }

    @Test
    void a_file_of_rules_comes_before_the_lines(@TempDir Path dir) throws IOException {
        Path file =
                Files.writeString(dir.resolve("rules"), "# comment\r\n*.log\r\n\n  tmp \n!b.log");
        IgnoreRules rules = IgnoreRules.read(file, List.of("!a.log"));
        assertThat(rules.matches(LinkName.of("c.log"))).isTrue();
        assertThat(rules.matches(LinkName.of("tmp"))).isTrue();
        assertThat(rules.matches(LinkName.of("a.log"))).isFalse();
        assertThat(rules.matches(LinkName.of("b.log"))).isFalse();
        assertThat(rules.matches(LinkName.of("# comment"))).isFalse();
    }

    @Test
    void a_file_of_rules_has_at_most_1_MiB(@TempDir Path dir) throws IOException {
        Path file = Files.write(dir.resolve("rules"), new byte[(1 << 20) + 1]);
        assertThatThrownBy(() -> IgnoreRules.read(file, List.of()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("rules");
    }
}
