package cairn.rpc.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/// Writes the parts of a `multipart/form-data` body, one after another, in the form of Kubo's
/// clients. Used by one thread. Source: RFC 7578.
public final class MultipartWriter {
    /// The media type of a file's part.
    public static final String FILE = "application/octet-stream";

    private static final String UNRESERVED = "-._~/";

    private final OutputStream out;
    private final String boundary;
    private boolean begun;

    MultipartWriter(OutputStream out, String boundary) {
        this.out = out;
        this.boundary = boundary;
    }

    /// What a part says of itself.
    ///
    /// @param path the bytes of the file's path; none where it has no name
    /// @param type the media type
    /// @param mode the file's permissions
    /// @param mtime when it was changed last
    public record Head(ByteBuffer path, String type, OptionalInt mode, Optional<Instant> mtime) {
        /// Of what has neither mode nor time.
        public Head(ByteBuffer path, String type) {
            this(path, type, OptionalInt.empty(), Optional.empty());
        }

        private String text() {
            StringBuilder text = new StringBuilder();
            text.append("Content-Disposition: form-data; name=\"file");
            String before = "?";
            if (mode.isPresent()) {
                text.append(before).append("mode=0").append(Integer.toOctalString(mode.getAsInt()));
                before = "&";
            }
            if (mtime.isPresent()) {
                Instant time = mtime.get();
                text.append(before).append("mtime=").append(time.getEpochSecond());
                text.append("&mtime-nsecs=").append(time.getNano());
            }
            text.append("\"; filename=\"");
            ByteBuffer bytes = path.duplicate();
            while (bytes.hasRemaining()) append(bytes.get(), text);
            return text.append("\"\r\nContent-Type: ").append(type).append("\r\n\r\n").toString();
        }

        private static void append(byte b, StringBuilder text) {
            boolean plain = b > 0 && (Character.isLetterOrDigit(b) || UNRESERVED.indexOf(b) >= 0);
            if (plain) text.append((char) b);
            else text.append('%').append(String.format("%02X", b));
        }
    }

    /// Begins a part; its bytes follow, until the next begins.
    ///
    /// @return takes them; it is not to be closed
    public OutputStream begin(Head head) throws IOException {
        ascii((begun ? "\r\n" : "") + "--" + boundary + "\r\n" + head.text());
        begun = true;
        return out;
    }

    /// Writes a part with the bytes of a stream, each as soon as it is there.
    public void copy(Head head, InputStream in) throws IOException {
        RequestBody.copy(in, begin(head));
    }

    /// Writes a whole part.
    public void write(Head head, byte[] bytes) throws IOException {
        begin(head).write(bytes);
    }

    void end() throws IOException {
        ascii((begun ? "\r\n" : "") + "--" + boundary + "--\r\n");
    }

    private void ascii(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
    }
}
