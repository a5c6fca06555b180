package cairn.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class KuboAnswerTest {
    @Test
    void every_row_of_the_table_can_be_read_and_has_an_id_of_its_own() throws IOException {
        var rows = KuboAnswer.read(KuboAnswer.table());
        assertThat(rows).hasSizeGreaterThan(400);
        assertThat(rows.stream().map(KuboAnswer::id)).doesNotHaveDuplicates();
    }
}
