package cairn.node;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cairn.node.json.Json;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ImportSettingsTest {
    private static Config config(String name, long number) {
        Json.Obj settings = new Json.Obj(Map.of()).with(name, Json.Num.of(number));
        return new Config(new Json.Obj(Map.of()).with("Import", settings));
    }

    /// As 32 bits they would be 1.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "CidVersion",
                "UnixFSFileMaxLinks",
                "UnixFSDirectoryMaxLinks",
                "UnixFSHAMTDirectoryMaxFanout"
            })
    void number_beyond_32_bits_is_refused_and_names_its_setting(String name) {
        assertThatThrownBy(() -> ImportSettings.of(config(name, (1L << 32) + 1)))
                .isInstanceOf(RepoException.class)
                .hasMessageContaining("Import." + name)
                .hasMessageContaining("4294967297");
    }
}
