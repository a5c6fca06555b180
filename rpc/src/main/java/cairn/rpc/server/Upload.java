package cairn.rpc.server;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.io.Content;

/// An upload is a request's body in `multipart/form-data`, read a part at a time as it comes: no
/// more of it is held than one read gave. Used by one thread. Source: RFC 7578, RFC 2046 section
/// 5.1.
public final class Upload {
    /// The longest head of a part: a path of 4096 bytes, each percent-encoded, and some more.
    static final int MAX_HEAD_BYTES = 32 << 10;

    /// What may come before the first part, and behind the last.
    static final int MAX_BESIDE_BYTES = 256 << 10;

    /// The longest boundary. Source: RFC 2046, section 5.1.1.
    private static final int MAX_BOUNDARY = 70;

    private static final int BUFFER_BYTES = 64 << 10;

    private final InputStream in;
    private final MultiPart.Parser parser;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private final Events events = new Events();
    private boolean ended;
    private int beside;

    private Upload(InputStream in, String boundary) {
        this.in = in;
        parser = new MultiPart.Parser(boundary, events);
        parser.setMaxParts(-1);
        parser.setPartHeadersMaxLength(MAX_HEAD_BYTES);
    }

    /// Begins to read a body.
    ///
    /// @throws RequestException when it isn't of this type
    public static Upload of(Body body) throws RequestException {
        HeaderValue type = HeaderValue.parse(body.type());
        if (!type.value().equals("multipart/form-data"))
            throw new RequestException(
                    "files are sent as the parts of a multipart/form-data body, and the request's"
                            + (body.type().isEmpty()
                                    ? " says no type"
                                    : " is " + Request.brief(type.value())));
        String boundary = type.parameter("boundary").orElse("");
        if (boundary.isEmpty() || boundary.length() > MAX_BOUNDARY)
            throw new RequestException(
                    "the request's Content-Type has no boundary, or one over "
                            + MAX_BOUNDARY
                            + " characters");
        return new Upload(body.in(), boundary);
    }

    /// The next part; empty after the last. What is left of the one before is passed over.
    ///
    /// @throws RequestException when the body isn't what its type says
    /// @throws EOFException when it is cut off
    public Optional<Part> next() throws IOException {
        while (true) {
            Event event = poll();
            switch (event) {
                case Head(var fields) -> {
                    return Optional.of(Part.of(fields, new PartBytes()));
                }
                case Bytes _, PartEnd _ -> {}
                case Ended _ -> {
                    return Optional.empty();
                }
            }
        }
    }

    /// What is read of a body.
    private sealed interface Event {}

    private record Head(Map<String, String> fields) implements Event {}

    private record Bytes(ByteBuffer bytes) implements Event {}

    private record PartEnd() implements Event {}

    private record Ended() implements Event {}

    private Event poll() throws IOException {
        while (events.queue.isEmpty()) {
            if (ended) return new Ended();
            fill();
        }
        return events.queue.remove();
    }

    /// Reads on. The buffer is free: what was read before is taken, or will never be.
    private void fill() throws IOException {
        int read = in.read(buffer);
        ended = read < 0;
        parser.parse(
                ended
                        ? Content.Chunk.EOF
                        : Content.Chunk.from(ByteBuffer.wrap(buffer, 0, read), false));
        if (events.failure.isPresent()) {
            if (ended) throw new EOFException("the upload was cut off");
            throw new RequestException(
                    "the request's body is no multipart/form-data: "
                            + Request.brief(String.valueOf(events.failure.get().getMessage())));
        }
        beside = events.queue.isEmpty() ? beside + Math.max(read, 0) : 0;
        if (beside > MAX_BESIDE_BYTES)
            throw new RequestException("there is too much before, between or behind the parts");
    }

    /// Gathers what the parser finds in one read.
    private static final class Events implements MultiPart.Parser.Listener {
        private final Deque<Event> queue = new ArrayDeque<>();
        private Map<String, String> fields = new HashMap<>();
        private Optional<Throwable> failure = Optional.empty();

        @Override
        public void onPartBegin() {
            fields = new HashMap<>();
        }

        @Override
        public void onPartHeader(String name, String value) {
            fields.putIfAbsent(name.toLowerCase(Locale.ROOT), value);
        }

        @Override
        public void onPartHeaders() {
            queue.add(new Head(fields));
        }

        @Override
        public void onPartContent(Content.Chunk chunk) {
            if (chunk.hasRemaining()) queue.add(new Bytes(chunk.getByteBuffer().slice()));
        }

        @Override
        public void onPartEnd() {
            queue.add(new PartEnd());
        }

        @Override
        public void onFailure(Throwable cause) {
            failure = Optional.of(cause);
        }
    }

    /// The bytes of the part that was read last.
    private final class PartBytes extends InputStream {
        private ByteBuffer left = ByteBuffer.allocate(0);
        private boolean over;

        @Override
        public int read() throws IOException {
            return more() ? left.get() & 0xff : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (length == 0) return 0;
            if (!more()) return -1;
            int n = Math.min(length, left.remaining());
            left.get(target, offset, n);
            return n;
        }

        private boolean more() throws IOException {
            while (!left.hasRemaining() && !over) {
                switch (poll()) {
                    case Bytes(var bytes) -> left = bytes;
                    case PartEnd _, Ended _ -> over = true;
                    case Head _ -> throw new IllegalStateException("a part without an end");
                }
            }
            return left.hasRemaining();
        }
    }
}
