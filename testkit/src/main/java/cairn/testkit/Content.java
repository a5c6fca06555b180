package cairn.testkit;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Content is what a generated file holds, written as one word that makes the same bytes again:
/// - `chacha20:SEED:SIZE` and `aes:SEED:SIZE`: a [Keystream]'s first bytes
/// - `period:N:SIZE`: byte i is i mod N; `period:1:SIZE` is all zeros
/// - `text:WORD`: the UTF-8 of the word, where `_` stands for a space
///
/// SIZE is in bytes, in decimal.
public record Content(Source source, String parameter, long size) {

    /// Where the bytes come from.
    public enum Source {
        CHACHA20,
        AES,
        PERIOD,
        TEXT
    }

    public Content {
        if (size < 0) throw new IllegalArgumentException("negative size " + size);
        if (source == Source.PERIOD) {
            int period = Integer.parseInt(parameter);
            if (period < 1 || period > 256)
                throw new IllegalArgumentException("a period is 1 to 256, got " + period);
        }
    }

    /// Reads the written form.
    public static Content parse(String word) {
        String[] parts = word.split(":", -1);
        return switch (parts[0]) {
            case "chacha20" -> new Content(Source.CHACHA20, parts[1], Long.parseLong(parts[2]));
            case "aes" -> new Content(Source.AES, parts[1], Long.parseLong(parts[2]));
            case "period" -> new Content(Source.PERIOD, parts[1], Long.parseLong(parts[2]));
            case "text" -> text(word.substring("text:".length()));
            default -> throw new IllegalArgumentException("no such content: " + word);
        };
    }

    private static Content text(String word) {
        String text = word.replace('_', ' ');
        return new Content(Source.TEXT, text, text.getBytes(StandardCharsets.UTF_8).length);
    }

    /// The bytes, as a stream of [#size] bytes.
    public InputStream open() {
        return switch (source) {
            case CHACHA20 -> Keystream.chacha20(parameter).stream(size);
            case AES -> Keystream.aesCtr(parameter).stream(size);
            case PERIOD -> new Periodic(Integer.parseInt(parameter), size);
            case TEXT -> new ByteArrayInputStream(parameter.getBytes(StandardCharsets.UTF_8));
        };
    }

    /// Writes the bytes to a new or emptied file.
    public void writeTo(Path file) throws IOException {
        try (InputStream in = open();
                var out = Files.newOutputStream(file)) {
            in.transferTo(out);
        }
    }

    private static final class Periodic extends InputStream {
        private final int period;
        private final long size;
        private long position;

        Periodic(int period, long size) {
            this.period = period;
            this.size = size;
        }

        @Override
        public int read() {
            return position == size ? -1 : (int) (position++ % period);
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            if (length == 0) return 0;
            int count = (int) Math.min(length, size - position);
            if (count == 0) return -1;
            for (int i = 0; i < count; i++) into[offset + i] = (byte) (position++ % period);
            return count;
        }
    }
}
