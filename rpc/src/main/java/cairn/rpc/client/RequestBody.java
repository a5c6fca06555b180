package cairn.rpc.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.UUID;

/// The body of a call, which is written while the answer comes.
///
/// @param type its media type with parameters; empty where the endpoint expects none
/// @param writer writes it
public record RequestBody(Optional<String> type, Writer writer) {
    private static final int BUFFER_BYTES = 64 << 10;

    /// Writes a body.
    @FunctionalInterface
    public interface Writer {
        /// @throws IOException what `out` throws; any other means that the body can't be had
        void writeTo(OutputStream out) throws IOException;
    }

    /// Writes the parts of a body.
    @FunctionalInterface
    public interface Parts {
        /// @throws IOException what the writer throws; any other means that the body can't be had
        void writeTo(MultipartWriter parts) throws IOException;
    }

    /// The bytes of a stream, as they come.
    public static RequestBody of(InputStream in) {
        return new RequestBody(Optional.empty(), out -> copy(in, out));
    }

    /// Parts of `multipart/form-data`.
    public static RequestBody of(Parts parts) {
        String boundary = "cairn-" + UUID.randomUUID();
        return new RequestBody(
                Optional.of("multipart/form-data; boundary=" + boundary),
                out -> {
                    MultipartWriter writer = new MultipartWriter(out, boundary);
                    parts.writeTo(writer);
                    writer.end();
                });
    }

    /// Copies a stream and sends each piece of it at once.
    static void copy(InputStream in, OutputStream out) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            out.write(buffer, 0, n);
            if (in.available() == 0) out.flush();
        }
    }
}
