package cairn.dag.ignore;

import cairn.dag.LinkName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Rules for names that an import leaves out, in the syntax of `.gitignore` as Kubo understands it:
/// the rules decide CIDs, so they are Kubo's and not git's.
///
/// A rule is held against the bare name of each entry, wherever it is. So `node_modules`, `*.log`,
/// `**/tmp`, `/build`, `build/**` and `[Bb]in` leave out what they name at every depth, and a rule
/// that needs a folder before the name or a slash after it (`docs/*.md`, `build/`) has no effect.
/// `!` takes names back in, `#` starts a comment, `?` is itself. Immutable.
///
/// **Limits:** a file of rules has at most 1 MiB.
public final class IgnoreRules {
    /// No rules: nothing is left out.
    public static final IgnoreRules NONE = new IgnoreRules(List.of());

    private static final int MAX_FILE_BYTES = 1 << 20;

    private final List<IgnoreRule> rules;

    private IgnoreRules(List<IgnoreRule> rules) {
        this.rules = List.copyOf(rules);
    }

    /// The rules of some lines; a later rule goes before an earlier one.
    ///
    /// @throws IllegalArgumentException when a line has a character that Kubo takes for an operator
    ///   of a regular expression, as `(` or `+`; the message says which
    public static IgnoreRules of(List<String> lines) {
        List<IgnoreRule> rules = new ArrayList<>();
        for (String line : lines) {
            Optional<IgnoreRule> rule = IgnoreRule.parse(line);
            rule.ifPresent(rules::add);
        }
        return rules.isEmpty() ? NONE : new IgnoreRules(rules);
    }

    /// The rules of a file and then of some lines.
    ///
    /// @throws IOException when the file can't be read or is too large
    /// @throws IllegalArgumentException as [#of]
    public static IgnoreRules read(Path file, List<String> lines) throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MAX_FILE_BYTES + 1);
        }
        if (bytes.length > MAX_FILE_BYTES)
            throw new IOException(file + " has more than " + MAX_FILE_BYTES + " bytes of rules");
        String text = new String(bytes, StandardCharsets.UTF_8);
        List<String> all = new ArrayList<>(List.of(text.split("\n", -1)));
        all.addAll(lines);
        return of(all);
    }

    /// Whether a name is left out.
    public boolean matches(LinkName name) {
        if (rules.isEmpty()) return false;
        int[] text = name.toString().codePoints().toArray();
        boolean out = false;
        for (IgnoreRule rule : rules) if (out == rule.negated() && rule.matches(text)) out = !out;
        return out;
    }
}
