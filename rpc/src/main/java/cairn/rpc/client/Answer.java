package cairn.rpc.client;

import cairn.node.json.Json;
import cairn.node.json.JsonException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// An answer that is being read, a line at a time. Used by one thread.
public final class Answer implements Closeable {
    /// The longest line: a node with some thousands of peers, told of in all detail.
    private static final int MAX_LINE_BYTES = 64 << 20;

    /// Of a body that isn't in the shape of a failure, no more is told.
    private static final int MAX_TOLD_CHARS = 1024;

    private static final int NOT_FOUND = 404;

    private final String type;
    private final InputStream body;
    private final Closeable connection;
    private final Optional<ChunkedUpload> upload;

    private Answer(
            String type, InputStream body, Closeable connection, Optional<ChunkedUpload> upload) {
        this.type = type;
        this.body = body;
        this.connection = connection;
        this.upload = upload;
    }

    /// Reads the head of an answer.
    ///
    /// @param connection is closed with the answer
    /// @throws ApiException when it is a refusal
    /// @throws NoSuchEndpointException when the path is unknown there
    static Answer read(InputStream in, Closeable connection) throws IOException {
        return read(in, connection, Optional.empty());
    }

    /// The same, of a call whose body is being sent.
    static Answer read(InputStream in, Closeable connection, Optional<ChunkedUpload> upload)
            throws IOException {
        Head head = Head.read(new BufferedInputStream(in));
        Answer answer = new Answer(head.type(), head.body(), connection, upload);
        if (head.isSuccess()) return answer;
        if (head.status() == NOT_FOUND) throw new NoSuchEndpointException();
        throw new ApiException(message(answer.text(), head.status()));
    }

    /// The server knows no such path, which every daemon does.
    static final class NoSuchEndpointException extends IOException {
        private static final long serialVersionUID = 1L;

        NoSuchEndpointException() {
            super("it knows nothing of this call (or is of an older version)");
        }
    }

    private static String message(String text, int status) {
        String body = text.strip();
        try {
            if (Json.parse(body) instanceof Json.Obj o
                    && o.get("Message").orElse(null) instanceof Json.Str(var message)
                    && !message.isBlank()) return message;
        } catch (JsonException e) {
            // Plain text: Kubo answers so to requests that make no sense.
            if (!body.isEmpty() && !body.startsWith("<")) return cut(body);
        }
        return "the daemon answered with status "
                + status
                + (body.isEmpty() ? "" : " and " + cut(body));
    }

    private static String cut(String body) {
        if (body.length() <= MAX_TOLD_CHARS) return body;
        return body.substring(0, body.offsetByCodePoints(0, MAX_TOLD_CHARS / 2)) + "...";
    }

    /// The media type of the answer, without parameters; empty where none is told.
    public String type() {
        return type;
    }

    /// The answer's bytes, for who doesn't read it a value at a time.
    public InputStream body() {
        return body;
    }

    /// Why the body of the call couldn't be had, if so: the reason of whatever failure the answer
    /// tells.
    public Optional<IOException> uploadFailure() {
        return upload.flatMap(ChunkedUpload::failure);
    }

    /// The next value; empty at the end.
    ///
    /// @throws ApiException when the daemon failed in the middle of its answer
    public Optional<Json> next() throws IOException {
        while (true) {
            Optional<String> line = line();
            if (line.isEmpty()) return Optional.empty();
            if (!line.get().isBlank()) return Optional.of(Json.parse(line.get()));
        }
    }

    private Optional<String> line() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int b = body.read(); b != '\n'; b = body.read()) {
            if (b < 0) {
                if (bytes.size() == 0) return Optional.empty();
                break;
            }
            if (bytes.size() == MAX_LINE_BYTES)
                throw new IOException("the daemon's answer has too long a line");
            bytes.write(b);
        }
        return Optional.of(bytes.toString(StandardCharsets.UTF_8));
    }

    /// The one value of the answer.
    public Json.Obj object() throws IOException {
        if (next().orElse(null) instanceof Json.Obj object) return object;
        throw new IOException("the daemon's answer isn't a JSON object");
    }

    private String text() throws IOException {
        return new String(body.readNBytes(MAX_LINE_BYTES), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
