package cairn.node.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

final class JsonFuzzTest {
    @FuzzTest
    void any_text_is_a_value_that_comes_back_or_a_json_exception(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        try {
            Json value = Json.parse(text);
            Json again = Json.parse(value.compact());
            assertThat(Json.parse(again.compact())).isEqualTo(again);
        } catch (JsonException e) {
            assertThat(e).hasMessageContaining("line ");
        }
    }
}
