package cairn.rpc.server;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// A part of an upload: a file, in general.
///
/// Its head is what clients of Kubo write: the file's path percent-encoded as `filename`, and the
/// file's mode and time in the field's name, as in `file?mode=0644&mtime=1700000000&mtime-nsecs=5`.
///
/// @param path bytes of the file's path; none where it has no name
/// @param type its media type, without parameters; empty where none is told
/// @param mode its permissions
/// @param mtime when it was changed last
/// @param in its bytes, as they come; what isn't read of them is passed over
public record Part(
        ByteBuffer path, String type, OptionalInt mode, Optional<Instant> mtime, InputStream in) {
    private static final int MODE_BITS = 07777;

    static Part of(Map<String, String> head, InputStream in) throws RequestException {
        HeaderValue place = HeaderValue.parse(head.getOrDefault("content-disposition", ""));
        HeaderValue type = HeaderValue.parse(head.getOrDefault("content-type", ""));
        Map<String, String> about = PercentText.query(place.parameter("name").orElse(""));
        return new Part(
                PercentText.decode(place.parameter("filename").orElse("")),
                type.value(),
                mode(about),
                mtime(about),
                in);
    }

    private static OptionalInt mode(Map<String, String> about) throws RequestException {
        String mode = about.get("mode");
        if (mode == null) return OptionalInt.empty();
        try {
            return OptionalInt.of(Integer.parseUnsignedInt(mode, 8) & MODE_BITS);
        } catch (NumberFormatException e) {
            throw malformed("mode", mode);
        }
    }

    private static Optional<Instant> mtime(Map<String, String> about) throws RequestException {
        String seconds = about.get("mtime");
        if (seconds == null) return Optional.empty();
        String nanos = about.getOrDefault("mtime-nsecs", "0");
        try {
            return Optional.of(
                    Instant.ofEpochSecond(
                            Long.parseLong(seconds), Integer.parseUnsignedInt(nanos)));
        } catch (NumberFormatException | DateTimeException | ArithmeticException e) {
            throw malformed("mtime", seconds + " and " + nanos);
        }
    }

    private static RequestException malformed(String what, String value) {
        return new RequestException("a part with a wrong " + what + ": " + Request.brief(value));
    }
}
