package cairn.rpc.client;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.OptionalLong;

/// The head of an HTTP/1.1 response, and the body behind it. Source: RFC 9112.
///
/// @param status the three digits
/// @param type the media type without parameters; empty where none is told
/// @param body without what frames it
record Head(int status, String type, InputStream body) {
    private static final int MAX_BYTES = 64 << 10;

    boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    static Head read(InputStream in) throws IOException {
        LineReader lines = new LineReader(in, MAX_BYTES);
        String first = lines.next();
        if (!first.matches("HTTP/1\\.[01] \\d{3}( .*)?")) throw new NotHttpException();
        int status = Integer.parseInt(first.substring(9, 12));
        boolean chunked = false;
        OptionalLong length = OptionalLong.empty();
        String type = "";
        for (String line = lines.next(); !line.isEmpty(); line = lines.next()) {
            int colon = line.indexOf(':');
            if (colon <= 0) throw new IOException("a header without a name: " + line);
            String value = line.substring(colon + 1).strip();
            switch (line.substring(0, colon).toLowerCase(Locale.ROOT)) {
                case "transfer-encoding" -> chunked = value.equalsIgnoreCase("chunked");
                case "content-type" -> type = value.replaceFirst("[ \t]*;.*", "");
                case "content-length" -> length = length(value);
                default -> {} // what else there is concerns nobody here
            }
        }
        if (status == 204) return new Head(status, type, InputStream.nullInputStream());
        if (chunked) return new Head(status, type, new ChunkedBody(in));
        return new Head(
                status, type, length.isPresent() ? new LengthBody(in, length.getAsLong()) : in);
    }

    private static OptionalLong length(String value) throws IOException {
        if (!value.matches("\\d{1,18}")) throw new IOException("a length of " + value);
        return OptionalLong.of(Long.parseLong(value));
    }

    /// What was read isn't HTTP.
    static final class NotHttpException extends IOException {
        private static final long serialVersionUID = 1L;

        NotHttpException() {
            super("it doesn't speak HTTP");
        }
    }

    /// Reads lines that end in CR LF, up to a number of bytes in all.
    static final class LineReader {
        private final InputStream in;
        private int left;

        LineReader(InputStream in, int most) {
            this.in = in;
            this.left = most;
        }

        /// The next line.
        ///
        /// @throws IOException when there is no whole one
        String next() throws IOException {
            StringBuilder line = new StringBuilder();
            for (int b = in.read(); b != '\n'; b = in.read()) {
                if (b < 0) throw new BrokenAnswerException();
                if (left-- == 0) throw new IOException("the daemon's answer has too long a head");
                line.append((char) b);
            }
            int end = line.length();
            if (end > 0 && line.charAt(end - 1) == '\r') line.setLength(end - 1);
            return new String(
                    line.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        }
    }
}
