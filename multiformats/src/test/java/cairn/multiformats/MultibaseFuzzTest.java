package cairn.multiformats;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

class MultibaseFuzzTest {
    @FuzzTest
    void a_text_that_is_read_is_what_would_be_written_but_for_case(@NotNull String text) {
        byte[] bytes;
        Multibase base;
        try {
            base = Multibase.of(text);
            bytes = Multibase.decode(text);
        } catch (MalformedException e) {
            assertThat(e.getMessage()).isNotBlank();
            return;
        }
        assertThat(base.encode(bytes)).isEqualToIgnoringCase(text);
    }

    @FuzzTest
    void bytes_come_back_from_every_base(byte @NotNull [] bytes) throws Exception {
        for (Multibase base : Multibase.values())
            if (bytes.length <= Multibase.MAX_RADIX_BYTES)
                assertThat(Multibase.decode(base.encode(bytes))).isEqualTo(bytes);
    }

    @FuzzTest
    void a_text_read_in_pieces_has_the_bytes_of_one_read_whole(@NotNull String text)
            throws Exception {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            MultibaseDecoder.decode(new ByteArrayInputStream(utf8), out);
        } catch (MalformedException e) {
            assertThat(e.getMessage()).isNotBlank();
            return;
        }
        if (text.charAt(0) == 0) return; // identity takes bytes, not characters
        assertThat(Multibase.decode(text.replaceFirst("\\r?\\n$", "")))
                .isEqualTo(out.toByteArray());
    }
}
