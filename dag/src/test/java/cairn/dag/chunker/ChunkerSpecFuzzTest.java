package cairn.dag.chunker;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

class ChunkerSpecFuzzTest {
    @FuzzTest
    void chunker(byte[] bytes) {
        ChunkerSpec spec;
        try {
            spec = ChunkerSpec.parse(new String(bytes, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageMatching("(?s).+");
            return;
        }
        assertThat(spec.maxChunk()).isBetween(1, ChunkerSpec.MAX_CHUNK_BYTES);
        assertThat(ChunkerSpec.parse(spec.toString())).isEqualTo(spec);
    }
}
