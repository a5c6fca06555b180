package cairn.node.repo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cairn.multiformats.Multicodec;
import cairn.node.json.Json;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ImportSettingsTest {
    private static Config config(String name, long number) {
        Json.Obj settings = new Json.Obj(Map.of()).with(name, Json.Num.of(number));
        return new Config(new Json.Obj(Map.of()).with("Import", settings));
    }

    /// Source: `ipfs add --hash` of Kubo 0.43.
    @ParameterizedTest
    @ValueSource(strings = {"murmur3-x64-64", "shake-128", "md5", "blake2b-152", "sha2-384"})
    void hash_function_that_peers_refuse_is_refused(String name) {
        assertThatThrownBy(() -> ImportSettings.hash(name))
                .isInstanceOf(RepoException.class)
                .hasMessageContaining("potentially insecure hash functions not allowed");
    }

    @Test
    void hash_function_that_is_none_is_named() {
        assertThatThrownBy(() -> ImportSettings.hash("nope"))
                .isInstanceOf(RepoException.class)
                .hasMessage("unrecognized hash function: \"nope\"");
    }

    @Test
    void hash_functions_that_peers_take_are_taken_in_capitals_too() throws Exception {
        assertThat(ImportSettings.hash("SHA2-256")).isEqualTo(Multicodec.SHA2_256);
        assertThat(ImportSettings.hash("sha3")).hasToString("sha3-512");
        assertThat(ImportSettings.hash("sha1")).hasToString("sha1");
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
