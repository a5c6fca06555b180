package cairn.libp2p.dns;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

class AnswerFuzzTest {
    private static final Name NAME = Name.fromConstantString("four.test.");

    @FuzzTest
    void an_answer_is_read_within_its_limits_or_refused(byte @NotNull [] bytes) {
        for (int type : List.of(Type.A, Type.AAAA, Type.TXT)) {
            Answer<Object> answer;
            try {
                answer = new AnswerReader(NAME, type).read(bytes, 0);
            } catch (IOException e) {
                assertThat(e).isNotNull();
                continue;
            }
            assertThat(answer.values()).hasSizeLessThanOrEqualTo(AnswerReader.MAX_VALUES);
            assertThat(answer.ttl()).isGreaterThanOrEqualTo(Duration.ZERO);
        }
    }
}
