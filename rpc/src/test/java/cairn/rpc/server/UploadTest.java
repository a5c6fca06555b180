package cairn.rpc.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is read of an upload, whole or not.
final class UploadTest {
    private static final String TYPE = "multipart/form-data; boundary=edge";

    private static Upload upload(String body) throws RequestException {
        byte[] bytes = body.getBytes(StandardCharsets.ISO_8859_1);
        return Upload.of(new Body(TYPE, new ByteArrayInputStream(bytes)));
    }

    private static String part(String disposition, String content) {
        return "--edge\r\nContent-Disposition: form-data; " + disposition + "\r\n\r\n" + content;
    }

    private static String text(ByteBuffer bytes) {
        return StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
    }

    private static String content(Part part) throws IOException {
        return new String(part.in().readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    @Test
    void parts_come_in_order_with_what_they_say_of_themselves() throws IOException {
        Upload upload =
                upload(
                        "--edge\r\n"
                                + "content-disposition: form-data;"
                                + " name=\"file?mode=0644&mtime=1700000000&mtime-nsecs=5\";"
                                + " filename=\"a%2Fb%20c+d\"\r\n"
                                + "Content-Type: Application/X-Directory; charset=x\r\n\r\n\r\n"
                                + part("name=file-1", "hello\r\n--edg")
                                + "\r\n--edge--\r\nepilogue");
        Part first = upload.next().orElseThrow();
        assertThat(text(first.path())).isEqualTo("a/b c d");
        assertThat(first.type()).isEqualTo("application/x-directory");
        assertThat(first.mode()).hasValue(0644);
        assertThat(first.mtime()).hasValue(Instant.ofEpochSecond(1_700_000_000, 5));
        assertThat(content(first)).isEmpty();
        Part second = upload.next().orElseThrow();
        assertThat(text(second.path())).isEmpty();
        assertThat(second.type()).isEmpty();
        assertThat(second.mode()).isEmpty();
        assertThat(second.mtime()).isEmpty();
        assertThat(content(second)).isEqualTo("hello\r\n--edg");
        assertThat(upload.next()).isEmpty();
        assertThat(upload.next()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '|',
            value = {
                "\"100%.txt\",100%.txt",
                "\"a\\\"b\",a\"b",
                "plain.txt,plain.txt",
                "\"%C3%A4\",ä",
                "\"%zz+\",%zz+"
            })
    void a_name_is_percent_encoded_unless_it_cannot_be(String sent, String meant)
            throws IOException {
        Part part = upload(part("filename=" + sent, "\r\n--edge--")).next().orElseThrow();
        assertThat(text(part.path())).isEqualTo(meant);
    }

    @Test
    void a_name_may_be_bytes_that_are_no_text() throws IOException {
        Part part = upload(part("filename=\"%FF%00\"", "\r\n--edge--")).next().orElseThrow();
        assertThat(part.path()).isEqualTo(ByteBuffer.wrap(new byte[] {(byte) 0xff, 0}));
    }

    @Test
    void what_is_not_read_of_a_part_is_passed_over() throws IOException {
        String long1 = "x".repeat(300_000);
        Upload upload =
                upload(part("filename=a", long1) + "\r\n" + part("filename=b", "\r\n--edge--"));
        assertThat(upload.next().orElseThrow().in().read()).isEqualTo('x');
        assertThat(text(upload.next().orElseThrow().path())).isEqualTo("b");
        assertThat(upload.next()).isEmpty();
    }

    @Test
    void a_body_without_parts_has_none() throws IOException {
        assertThat(upload("--edge--\r\n").next()).isEmpty();
    }

    /// However its bytes come in, what is read is the same.
    @Test
    void bytes_are_those_that_were_sent() throws IOException {
        byte[] sent = new byte[1_000_003];
        new Random(1).nextBytes(sent);
        String body =
                part("filename=a", new String(sent, StandardCharsets.ISO_8859_1))
                        + "\r\n--edge--\r\n";
        Random random = new Random(2);
        InputStream in =
                new ByteArrayInputStream(body.getBytes(StandardCharsets.ISO_8859_1)) {
                    @Override
                    public int read(byte[] target, int offset, int length) {
                        return super.read(target, offset, Math.min(length, 1 + random.nextInt(99)));
                    }
                };
        Upload upload = Upload.of(new Body(TYPE, in));
        assertThat(upload.next().orElseThrow().in().readAllBytes()).isEqualTo(sent);
        assertThat(upload.next()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "--ed",
                "--edge",
                "--edge\r\nContent-Disposition: form-data",
                "--edge\r\nContent-Disposition: form-data; filename=a\r\n\r\nhel",
                "--edge\r\nContent-Disposition: form-data; filename=a\r\n\r\nhello\r\n--edge",
                "--other\r\nContent-Disposition: form-data; filename=a\r\n\r\nhello\r\n--other--"
            })
    void a_body_that_is_cut_off_is_never_whole(String body) throws IOException {
        Upload upload = upload(body);
        assertThatThrownBy(
                        () -> {
                            Optional<Part> part = upload.next();
                            while (part.isPresent()) part = upload.next();
                        })
                .isInstanceOf(EOFException.class)
                .hasMessage("the upload was cut off");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "text/plain",
                "multipart/mixed; boundary=edge",
                "application/x-www-form-urlencoded"
            })
    void a_body_of_another_type_is_refused(String type) {
        assertThatThrownBy(() -> Upload.of(new Body(type, InputStream.nullInputStream())))
                .isInstanceOf(RequestException.class)
                .hasMessageContaining("multipart/form-data");
    }

    @ParameterizedTest
    @ValueSource(strings = {"multipart/form-data", "multipart/form-data; boundary=\"\""})
    void a_type_without_a_boundary_is_refused(String type) {
        assertThatThrownBy(() -> Upload.of(new Body(type, InputStream.nullInputStream())))
                .isInstanceOf(RequestException.class)
                .hasMessageContaining("boundary");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--edge\r\nno colon\r\n\r\nhello\r\n--edge--",
                "--edge\r\nContent-Disposition: form-data; name=\"f?mode=9\"\r\n\r\n\r\n--edge--",
                "--edge\r\nContent-Disposition: form-data; name=\"f?mtime=x\"\r\n\r\n\r\n--edge--"
            })
    void a_part_with_a_wrong_head_is_refused(String body) {
        assertThatThrownBy(() -> upload(body).next()).isInstanceOf(RequestException.class);
    }

    @Test
    void a_head_without_end_is_refused() {
        String body = part("filename=\"" + "a".repeat(Upload.MAX_HEAD_BYTES), "");
        assertThatThrownBy(() -> upload(body).next()).isInstanceOf(RequestException.class);
    }

    @Test
    void what_comes_beside_the_parts_has_an_end() throws IOException {
        String much = "x".repeat(Upload.MAX_BESIDE_BYTES + (256 << 10));
        assertThatThrownBy(() -> upload(much + "\r\n--edge--").next())
                .isInstanceOf(RequestException.class)
                .hasMessageContaining("too much");
        Upload upload = upload(part("filename=a", "\r\n--edge--\r\n" + much));
        assertThat(upload.next()).isPresent();
        assertThatThrownBy(upload::next)
                .isInstanceOf(RequestException.class)
                .hasMessageContaining("too much");
    }
}
