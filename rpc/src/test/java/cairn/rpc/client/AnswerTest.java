package cairn.rpc.client;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AnswerTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"Message\":\"no such peer\",\"Code\":0}|no such peer",
                "{\"Message\":\"\",\"Code\":0}|status 500 and {\"Message\":\"\",\"Code\":0}",
                "{\"title\":\"Server Error\"}|status 500 and {\"title\":\"Server Error\"}",
                "<html>Server Error</html>|status 500 and <html>",
                "argument \"x\" is required|argument \"x\" is required",
                "' '|the daemon answered with status 500",
            })
    void a_failure_is_told_whatever_its_body_is(String body, String told) {
        String response = "HTTP/1.1 500 Server Error\r\n\r\n" + body;
        var in = new ByteArrayInputStream(response.getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> Answer.read(in, in))
                .isInstanceOf(ApiException.class)
                .hasMessageContaining(told);
    }
}
