package cairn.dag.chunker;

/// How a file is cut into chunks, as the text `size-N`, `rabin[-AVG|-MIN-AVG-MAX]` or `buzhash`
/// says.
///
/// **Limit:** a chunk has at most 2,096,896 bytes, so that with its wrapping it fits into a block.
/// Source: Kubo, `ipfs add --chunker`.
public sealed interface ChunkerSpec {
    /// The largest chunk, in bytes: a block less 256 bytes for the wrapping.
    int MAX_CHUNK_BYTES = (2 << 20) - 256;

    /// The longest chunk that the specification allows, in bytes.
    int maxChunk();

    /// Chunks of one size, the last one shorter.
    record Size(int bytes) implements ChunkerSpec {
        public Size {
            if (bytes <= 0) throw new IllegalArgumentException("chunker size must be above 0");
            checkMax(bytes);
        }

        @Override
        public int maxChunk() {
            return bytes;
        }

        @Override
        public String toString() {
            return "size-" + bytes;
        }
    }

    /// Chunks that end where a Rabin fingerprint of the last 16 bytes has its low bits zero: as
    /// many bits as the average has, rounded down to a power of two.
    record Rabin(int min, int avg, int max) implements ChunkerSpec {
        /// The average where none is said.
        static final int DEFAULT_AVG = 256 << 10;

        public Rabin {
            if (min < 16)
                throw new IllegalArgumentException("rabin's minimum must be at least 16 bytes");
            if (min >= avg)
                throw new IllegalArgumentException("rabin's minimum must be below its average");
            if (avg >= max)
                throw new IllegalArgumentException("rabin's average must be below its maximum");
            checkMax(max);
        }

        /// A minimum of a third and a maximum of one and a half times the average.
        static Rabin ofAverage(int avg) {
            if (avg < 48) throw new IllegalArgumentException("rabin's average must be at least 48");
            if (avg > MAX_CHUNK_BYTES) checkMax(avg);
            return new Rabin(avg / 3, avg, avg + avg / 2);
        }

        @Override
        public int maxChunk() {
            return max;
        }

        @Override
        public String toString() {
            return "rabin-" + min + "-" + avg + "-" + max;
        }
    }

    /// Chunks of 128 to 512 KiB that end where a rolling hash of the last 32 bytes has 17 bits
    /// zero.
    record Buzhash() implements ChunkerSpec {
        static final int MIN = 128 << 10;
        static final int MAX = 512 << 10;

        @Override
        public int maxChunk() {
            return MAX;
        }

        @Override
        public String toString() {
            return "buzhash";
        }
    }

    /// Reads the text of a specification.
    ///
    /// @throws IllegalArgumentException when it is none, or its numbers are out of bounds; the
    ///   message says which
    static ChunkerSpec parse(String text) {
        String[] parts = text.split("-", -1);
        return switch (parts[0]) {
            case "size" -> {
                if (parts.length != 2) throw malformed(text, "expected size-{bytes}");
                yield new Size(number(text, parts[1], ""));
            }
            case "rabin" ->
                    switch (parts.length) {
                        case 1 -> Rabin.ofAverage(Rabin.DEFAULT_AVG);
                        case 2 -> Rabin.ofAverage(number(text, parts[1], ""));
                        case 4 ->
                                new Rabin(
                                        number(text, parts[1], "min"),
                                        number(text, parts[2], "avg"),
                                        number(text, parts[3], "max"));
                        default ->
                                throw malformed(
                                        text,
                                        "expected rabin, rabin-{avg} or rabin-{min}-{avg}-{max}");
                    };
            case "buzhash" -> new Buzhash();
            case "default" -> {
                if (parts.length != 1) throw malformed(text, "expected nothing after it");
                yield new Size(Rabin.DEFAULT_AVG);
            }
            default -> throw malformed(text, "expected size-{bytes}, rabin or buzhash");
        };
    }

    private static int number(String text, String part, String label) {
        String digits = part;
        int colon = part.lastIndexOf(':');
        if (colon >= 0 && !label.isEmpty()) {
            if (!part.substring(0, part.indexOf(':')).equals(label))
                throw malformed(text, "the label here is '" + label + "'");
            digits = part.substring(colon + 1);
        }
        try {
            return Integer.parseInt(digits);
        } catch (NumberFormatException e) {
            throw malformed(text, "'" + digits + "' is not a number of bytes");
        }
    }

    private static void checkMax(int bytes) {
        if (bytes > MAX_CHUNK_BYTES)
            throw new IllegalArgumentException(
                    "a chunk of " + bytes + " bytes; at most " + MAX_CHUNK_BYTES);
    }

    private static IllegalArgumentException malformed(String text, String reason) {
        return new IllegalArgumentException("chunker '" + text + "': " + reason);
    }
}
