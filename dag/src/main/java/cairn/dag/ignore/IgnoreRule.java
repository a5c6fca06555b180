package cairn.dag.ignore;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One rule: a pattern for a name without slashes.
///
/// @param negated whether it takes a name back in
/// @param atoms what the name is made of, one after the other
record IgnoreRule(boolean negated, List<Atom> atoms) {
    /// A part of a pattern.
    sealed interface Atom {
        /// Any characters, or none.
        record Star() implements Atom {}

        /// One character.
        ///
        /// @param inverted whether it is one that is in none of the ranges
        record One(boolean inverted, List<Range> ranges) implements Atom {
            public One {
                ranges = List.copyOf(ranges);
            }

            boolean matches(int c) {
                for (Range range : ranges) if (range.from <= c && c <= range.to) return !inverted;
                return inverted;
            }
        }
    }

    /// Characters from one to another, both included.
    record Range(int from, int to) {}

    IgnoreRule {
        atoms = List.copyOf(atoms);
    }

    /// Reads a line.
    ///
    /// @return empty where the line has no rule, or one that no name can match
    /// @throws IllegalArgumentException when it has an operator of regular expressions
    static Optional<IgnoreRule> parse(String line) {
        String text = stripped(line);
        if (text.isEmpty() || line.startsWith("#")) return Optional.empty();
        boolean negated = text.startsWith("!");
        if (negated) text = text.substring(1);
        if (text.startsWith("#") || text.startsWith("!")) text = text.substring(1);
        Optional<String> name = withoutFolders(text);
        if (name.isEmpty()) return Optional.empty();
        return new Parser(line, name.get()).atoms().map(atoms -> new IgnoreRule(negated, atoms));
    }

    private static String stripped(String line) {
        int from = 0;
        int to = line.length();
        while (to > 0 && line.charAt(to - 1) == '\r') to--;
        while (from < to && line.charAt(from) == ' ') from++;
        while (from < to && line.charAt(to - 1) == ' ') to--;
        return line.substring(from, to);
    }

    /// The pattern for a bare name: `**` with slashes can stand for no folder at all.
    ///
    /// @return empty when it asks for a slash
    private static Optional<String> withoutFolders(String text) {
        if (text.equals("/")) return Optional.of("*");
        String rest = text.startsWith("/**/") ? text.substring(1) : text;
        if (rest.contains("/**/") || (rest.endsWith("/") && !rest.endsWith("**/")))
            return Optional.empty();
        boolean rooted = rest.startsWith("/") && !rest.startsWith("/**");
        rest = rest.replace("**/", "").replace("/**", "");
        if (rooted) rest = rest.substring(1);
        return rest.contains("/") ? Optional.empty() : Optional.of(rest);
    }

    /// Whether the rule says a name.
    boolean matches(int[] name) {
        int at = 0;
        int atom = 0;
        int starAtom = -1;
        int starAt = 0;
        while (at < name.length) {
            Atom next = atom < atoms.size() ? atoms.get(atom) : null;
            if (next instanceof Atom.Star) {
                starAtom = atom++;
                starAt = at;
                continue;
            }
            if (next instanceof Atom.One one && one.matches(name[at])) {
                atom++;
                at++;
                continue;
            }
            if (starAtom < 0) return false;
            atom = starAtom + 1;
            at = ++starAt;
        }
        while (atom < atoms.size() && atoms.get(atom) instanceof Atom.Star) atom++;
        return atom == atoms.size();
    }

    /// Reads the pattern of a name.
    private static final class Parser {
        private static final String OPERATORS = "+(|)";

        private final String line;
        private final int[] text;
        private int at;

        Parser(String line, String text) {
            this.line = line;
            this.text = text.codePoints().toArray();
        }

        /// @return empty when no name can match
        Optional<List<Atom>> atoms() {
            List<Atom> atoms = new ArrayList<>();
            while (at < text.length) {
                int c = text[at++];
                switch (c) {
                    case '*' -> atoms.add(new Atom.Star());
                    case '[' -> {
                        Optional<Atom> set = set();
                        if (set.isEmpty()) return Optional.empty();
                        atoms.add(set.get());
                    }
                    case '\\' -> {
                        if (at == text.length) return Optional.empty();
                        escaped(atoms);
                    }
                    case '^' -> {
                        if (!atoms.isEmpty()) return Optional.empty();
                    }
                    case '$' -> {
                        if (at < text.length) return Optional.empty();
                    }
                    case '{' -> {
                        if (isRepetition()) throw operator("{");
                        atoms.add(literal(c));
                    }
                    default -> {
                        if (OPERATORS.indexOf(c) >= 0) throw operator(Character.toString(c));
                        atoms.add(literal(c));
                    }
                }
            }
            return Optional.of(atoms);
        }

        private void escaped(List<Atom> atoms) {
            int c = text[at++];
            if (c == '.') {
                // Kubo escapes the dot once more: a backslash, and then any character.
                atoms.add(literal('\\'));
                atoms.add(new Atom.One(true, List.of(new Range('\n', '\n'))));
            } else if (c == '?' || c >= 0x80 || Character.isLetterOrDigit(c)) {
                throw operator("\\" + Character.toString(c));
            } else {
                atoms.add(literal(c));
            }
        }

        private Optional<Atom> set() {
            boolean inverted = at < text.length && text[at] == '^';
            if (inverted) at++;
            List<Range> ranges = new ArrayList<>();
            for (int first = at; at < text.length; ) {
                if (text[at] == ']' && at > first) {
                    at++;
                    return Optional.of(new Atom.One(inverted, ranges));
                }
                if (text[at] == '*') return Optional.empty();
                if (text[at] == '[' && at + 1 < text.length && text[at + 1] == ':')
                    throw operator("[:");
                int from = member(ranges);
                int to = from;
                if (at + 1 < text.length && text[at] == '-' && text[at + 1] != ']') {
                    at++;
                    to = member(ranges);
                }
                if (to < from) return Optional.empty();
                ranges.add(new Range(from, to));
            }
            return Optional.empty();
        }

        private int member(List<Range> ranges) {
            int c = text[at++];
            if (c != '\\' || at == text.length) return c;
            int escaped = text[at++];
            if (escaped >= 0x80 || Character.isLetterOrDigit(escaped))
                throw operator("\\" + Character.toString(escaped));
            if (escaped == '.' || escaped == '?') ranges.add(new Range('\\', '\\'));
            return escaped;
        }

        private boolean isRepetition() {
            int end = at;
            while (end < text.length && (Character.isDigit(text[end]) || text[end] == ',')) end++;
            return end > at && text[at] != ',' && end < text.length && text[end] == '}';
        }

        private static Atom literal(int c) {
            return new Atom.One(false, List.of(new Range(c, c)));
        }

        private IllegalArgumentException operator(String operator) {
            return new IllegalArgumentException(
                    "ignore rule '"
                            + line
                            + "': "
                            + operator
                            + " is an operator of regular expressions to Kubo; put a backslash"
                            + " before a character that stands for itself");
        }
    }
}
