package cairn.multiformats;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A table packed beside this class: lines of UTF-8, each with its end, those that begin with `#`
/// left out.
final class PackedTable {
    private PackedTable() {}

    static List<String> lines(String name) {
        try (InputStream in = PackedTable.class.getResourceAsStream(name)) {
            if (in == null) throw new IllegalStateException(name + " is not packed");
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            List<String> lines = new ArrayList<>();
            for (int at = 0; at < text.length(); ) {
                int end = text.indexOf('\n', at);
                if (text.charAt(at) != '#') lines.add(text.substring(at, end));
                at = end + 1;
            }
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }
}
