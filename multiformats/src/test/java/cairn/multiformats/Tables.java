package cairn.multiformats;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/// The tables of answers that tests read: the project's own in `testdata/multiformats`, and the
/// official vectors beside the project where they are.
public final class Tables {
    private Tables() {}

    /// The rows of one of our tables, as fields; comments left out.
    public static Stream<List<String>> own(String name) {
        return lines(root().resolve("testdata/multiformats").resolve(name))
                .filter(line -> !line.startsWith("#"))
                .map(line -> List.of(line.split("\t", -1)));
    }

    /// The rows of an official vector, as fields without blanks and quotes, its head line left out.
    /// Skips the test where the vectors are not.
    public static Stream<List<String>> official(String name) {
        return lines(vectors(name))
                .skip(1)
                .map(line -> Stream.of(line.split(",", -1)).map(Tables::bare).toList());
    }

    /// A file or folder of the official vectors, from `shared/vectors` in a folder above the
    /// project. Skips the test where it is not.
    public static Path vectors(String name) {
        Path at = root();
        while (at != null && !Files.exists(at.resolve("shared/vectors").resolve(name)))
            at = at.getParent();
        Assumptions.assumeTrue(at != null, "no official vectors in ../shared/vectors");
        return at.resolve("shared/vectors").resolve(name);
    }

    private static String bare(String field) {
        return field.strip().replace("\"", "");
    }

    private static Path root() {
        Path at = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(at.resolve("testdata/multiformats"))) {
            at = at.getParent();
            if (at == null) throw new IllegalStateException("run within the project");
        }
        return at;
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
