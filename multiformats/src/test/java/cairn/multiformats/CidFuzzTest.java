package cairn.multiformats;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import java.nio.ByteBuffer;
import java.util.Arrays;

class CidFuzzTest {
    @FuzzTest
    void what_is_read_is_what_would_be_written(byte @NotNull [] bytes) throws Exception {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        Cid cid;
        try {
            cid = Cid.read(in);
        } catch (MalformedException e) {
            return;
        }
        assertThat(cid.bytes()).isEqualTo(Arrays.copyOf(bytes, in.position()));
        assertThat(cid.size()).isEqualTo(in.position()).isLessThanOrEqualTo(Cid.MAX_BYTES);
        assertThat(Cid.parse(cid.toString())).isEqualTo(cid);
        assertThat(cid.codec().toString()).isNotEmpty();
    }

    @FuzzTest
    void a_text_that_is_read_is_what_would_be_written_but_for_case(@NotNull String text)
            throws Exception {
        Cid cid;
        try {
            cid = Cid.parse(text);
        } catch (MalformedException e) {
            assertThat(e.getMessage()).isNotBlank();
            return;
        }
        assertThat(text.length()).isLessThanOrEqualTo(Cid.MAX_TEXT_CHARS);
        assertThat(Cid.of(cid.bytes())).isEqualTo(cid);
        if (cid.version() == 0) assertThat(cid).hasToString(text);
        else assertThat(cid.toString(Multibase.of(text))).isEqualToIgnoringCase(text);
    }
}
