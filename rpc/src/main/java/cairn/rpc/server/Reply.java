package cairn.rpc.server;

import cairn.node.json.Json;
import jakarta.servlet.http.HttpServletResponse;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.io.EndPoint;

/// The answer to a request: one JSON value, or a value a line, each of which is sent at once.
/// Writing waits while the client doesn't read.
///
/// Used by the endpoint's thread alone.
public final class Reply {
    private static final byte[] NEW_LINE = {'\n'};
    private static final int MAX_TRAILER_CHARS = 4096;
    private static final String TRANSFER_ENCODING = "Transfer-Encoding";
    private static final String CHUNKED_OUTPUT = "X-Chunked-Output";
    private static final String TRAILER = "Trailer";
    private static final List<String> CHUNKED = List.of(TRANSFER_ENCODING, CHUNKED_OUTPUT, TRAILER);

    /// The type of what people read.
    static final String PLAIN_TEXT = "text/plain; charset=utf-8";

    private final HttpServletResponse response;
    private final EndPoint connection;

    Reply(HttpServletResponse response, EndPoint connection) {
        this.response = response;
        this.connection = connection;
        response.setContentType("application/json");
        response.setHeader("Cache-Control", "no-cache");
    }

    /// Answers with one value.
    public void value(Json value) throws IOException {
        write(value);
    }

    /// Adds a line to the answer and sends it.
    public void line(Json value) throws IOException {
        inChunks();
        write(value);
        response.flushBuffer();
    }

    /// Sends what an endpoint writes, when it flushes or there is much of it.
    ///
    /// @param type its media type
    public OutputStream stream(String type) throws IOException {
        response.setCharacterEncoding(null); // bytes have none, and texts say theirs
        response.setContentType(type);
        inChunks();
        return new FilterOutputStream(response.getOutputStream()) {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                out.write(bytes, offset, length);
            }

            @Override
            public void flush() throws IOException {
                response.flushBuffer();
            }
        };
    }

    private void inChunks() {
        // Else the end of a connection that isn't kept would be the end of the answer.
        response.setHeader(TRANSFER_ENCODING, "chunked");
        response.setHeader(CHUNKED_OUTPUT, "1");
        response.setHeader(TRAILER, "X-Stream-Error");
    }

    /// Takes back that the answer comes in chunks, and what there is of it.
    private void asWhole() {
        response.resetBuffer();
        for (String header : CHUNKED) response.setHeader(header, null);
    }

    private void write(Json value) throws IOException {
        response.getOutputStream().write(value.compact().getBytes(StandardCharsets.UTF_8));
        response.getOutputStream().write(NEW_LINE);
    }

    /// Ends the answer with a failure. Where nothing was sent yet, with a status and the message as
    /// JSON. Else the body is cut: its last chunk and the trailer `X-Stream-Error` are sent, the
    /// line after them never is, so that no client takes it for whole.
    ///
    /// @param code Kubo's: 0 for what failed, 1 for a request that makes no sense
    void fail(int status, int code, String message) throws IOException {
        if (!response.isCommitted()) {
            asWhole();
            response.setStatus(status);
            response.setContentType("application/json");
            write(response, error(message, code).compact() + "\n");
            return;
        }
        response.flushBuffer();
        String line = message.replaceAll("[\\r\\n]+", " ");
        String told = line.substring(0, Math.min(line.length(), MAX_TRAILER_CHARS));
        // Jetty ends a chunk when the next begins.
        byte[] end = ("\r\n0\r\nX-Stream-Error: " + told + "\r\n").getBytes(StandardCharsets.UTF_8);
        // What doesn't fit into the socket's buffer is lost, and the body is cut all the same.
        if (connection.flush(ByteBuffer.wrap(end))) connection.close();
        else cut();
    }

    /// Answers to a request that makes no sense: a line of text, as Kubo does.
    void refuse(String message) throws IOException {
        if (response.isCommitted()) {
            fail(400, 1, message);
            return;
        }
        asWhole();
        plain(response, 400, message);
    }

    /// Answers with a line of text.
    static void plain(HttpServletResponse response, int status, String text) throws IOException {
        response.setStatus(status);
        response.setContentType(PLAIN_TEXT);
        response.setHeader("X-Content-Type-Options", "nosniff");
        if (!text.isEmpty()) write(response, text + "\n");
    }

    private static void write(HttpServletResponse response, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }

    EndPoint connection() {
        return connection;
    }

    /// Ends the connection in the middle of the answer.
    void cut() {
        connection.close();
    }

    private static Json error(String message, int code) {
        Map<String, Json> members = new LinkedHashMap<>();
        members.put("Message", new Json.Str(message));
        members.put("Code", Json.Num.of(code));
        members.put("Type", new Json.Str("error"));
        return new Json.Obj(members);
    }
}
