package cairn.rpc.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/// An answer of any bytes is read to its end or fails as an error of reading, never otherwise.
final class AnswerFuzzTest {
    @FuzzTest(maxDuration = "30s")
    void any_bytes_are_an_answer_or_an_error(byte[] bytes) throws IOException {
        try (Answer answer = Answer.read(new ByteArrayInputStream(bytes), () -> {})) {
            while (answer.next().isPresent()) assertThat(answer).isNotNull();
        } catch (IOException e) {
            assertThat(e.getMessage()).isNotEmpty();
        }
    }
}
