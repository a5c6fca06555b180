package cairn.node.gateways;

import static org.assertj.core.api.Assertions.assertThat;

import cairn.multiformats.MalformedException;
import cairn.node.gateways.SourceAddress.Form;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;

class SourceAddressFuzzTest {
    @FuzzTest
    void a_text_that_is_read_says_where_blocks_are(@NotNull String text) throws Exception {
        SourceAddress address;
        try {
            address = SourceAddress.parse(text);
        } catch (MalformedException e) {
            assertThat(e.getMessage()).isNotBlank();
            return;
        }
        assertThat(address.uri().getHost()).isNotEmpty();
        assertThat(SourceAddress.parse(address.toString())).isEqualTo(address);
        if (address.form() == Form.GATEWAY)
            assertThat(address.block(Answers.block("a block").cid()).getQuery())
                    .isEqualTo("format=raw");
    }
}
