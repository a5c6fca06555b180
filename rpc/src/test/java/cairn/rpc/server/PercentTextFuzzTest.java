package cairn.rpc.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Any query is read, or refused for the number of its parameters.
final class PercentTextFuzzTest {
    @FuzzTest(maxDuration = "30s")
    void any_query_is_parameters_or_refused(byte[] bytes) {
        String query = new String(bytes, StandardCharsets.ISO_8859_1);
        try {
            assertThat(PercentText.parameters(query).values().stream().mapToInt(List::size).sum())
                    .isLessThanOrEqualTo(Request.MAX_PARAMETERS);
        } catch (RequestException e) {
            assertThat(query).hasSizeGreaterThan(Request.MAX_PARAMETERS);
        }
    }
}
