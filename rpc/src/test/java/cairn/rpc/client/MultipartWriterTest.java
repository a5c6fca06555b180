package cairn.rpc.client;

import static org.assertj.core.api.Assertions.assertThat;

import cairn.rpc.server.Body;
import cairn.rpc.server.Part;
import cairn.rpc.server.Upload;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/// What is sent is what the server reads.
final class MultipartWriterTest {
    private static final byte[] BYTES = {'-', '-', '\r', '\n', 0, -1};

    private static Upload sent(RequestBody.Parts parts) throws IOException {
        RequestBody body = RequestBody.of(parts);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        body.writer().writeTo(out);
        var in = new ByteArrayInputStream(out.toByteArray());
        return Upload.of(new Body(body.type().orElseThrow(), in));
    }

    @Test
    void a_part_arrives_as_it_was_sent() throws IOException {
        byte[] path = new byte[255];
        for (int i = 0; i < path.length; i++) path[i] = (byte) (i + 1);
        var head =
                new MultipartWriter.Head(
                        ByteBuffer.wrap(path),
                        MultipartWriter.FILE,
                        OptionalInt.of(04755),
                        Optional.of(Instant.ofEpochSecond(-5, 7)));
        var plain = new MultipartWriter.Head(ByteBuffer.allocate(0), "a/b");
        Upload upload =
                sent(
                        parts -> {
                            parts.write(head, BYTES);
                            parts.copy(plain, new ByteArrayInputStream(BYTES));
                        });
        Part first = upload.next().orElseThrow();
        assertThat(first.path()).isEqualTo(ByteBuffer.wrap(path));
        assertThat(first.type()).isEqualTo(MultipartWriter.FILE);
        assertThat(first.mode()).hasValue(04755);
        assertThat(first.mtime()).hasValue(Instant.ofEpochSecond(-5, 7));
        assertThat(first.in().readAllBytes()).isEqualTo(BYTES);
        Part second = upload.next().orElseThrow();
        assertThat(second.path().remaining()).isZero();
        assertThat(second.type()).isEqualTo("a/b");
        assertThat(second.mode()).isEmpty();
        assertThat(second.in().readAllBytes()).isEqualTo(BYTES);
        assertThat(upload.next()).isEmpty();
    }

    @Test
    void there_may_be_no_part() throws IOException {
        assertThat(sent(parts -> {}).next()).isEmpty();
    }
}
