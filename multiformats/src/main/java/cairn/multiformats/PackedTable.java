package cairn.multiformats;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A table packed beside this class: lines of UTF-8, those that begin with `#` left out.
final class PackedTable {
    private PackedTable() {}

    static List<String> lines(String name) {
        try (InputStream in = PackedTable.class.getResourceAsStream(name)) {
            if (in == null) throw new IllegalStateException(name + " is not packed");
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }
}
