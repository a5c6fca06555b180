package cairn.rpc.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// A body of any bytes is read to its end or fails as an error of reading, never otherwise, and no
/// more comes out of it than went in.
final class UploadFuzzTest {
    @FuzzTest(maxDuration = "30s")
    void any_bytes_are_parts_or_an_error(byte[] bytes) {
        long read = 0;
        try {
            Body body =
                    new Body("multipart/form-data; boundary=b", new ByteArrayInputStream(bytes));
            Upload upload = Upload.of(body);
            for (Optional<Part> part = upload.next(); part.isPresent(); part = upload.next())
                read += part.get().path().remaining() + part.get().in().readAllBytes().length;
        } catch (IOException e) {
            assertThat(e.getMessage()).isNotEmpty();
        }
        assertThat(read).isLessThanOrEqualTo(bytes.length);
    }

    @FuzzTest(maxDuration = "30s")
    void any_text_is_a_headers_value(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        HeaderValue value = HeaderValue.parse(text);
        assertThat(value.value().length()).isLessThanOrEqualTo(3 * text.length());
    }
}
