package cairn.dag.ignore;

import static org.assertj.core.api.Assertions.assertThat;

import cairn.dag.LinkName;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;

class IgnoreRulesFuzzTest {
    private static final LinkName NAME = LinkName.of("some file [1].txt");

    @FuzzTest
    void rules(byte[] bytes) {
        List<String> lines = List.of(new String(bytes, StandardCharsets.UTF_8).split("\n", -1));
        boolean matched;
        try {
            matched = IgnoreRules.of(lines).matches(NAME);
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageContaining("ignore rule");
            return;
        }
        if (lines.stream().allMatch(line -> line.startsWith("#"))) assertThat(matched).isFalse();
    }
}
