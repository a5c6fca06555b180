package cairn.cli.console;

/// Makes names from afar safe to print: a control character in one could drive the terminal, or
/// forge a line of output (CVE-2020-26283).
public final class Escapes {
    private Escapes() {}

    /// A name as Kubo prints it: unchanged when all of it can be seen, else with Go's escapes
    /// (`\n`, `\x1b`, `\u202e`). A backslash is doubled, so that no name can imitate an escape.
    /// Bytes that aren't UTF-8 stay, unless a terminal would take them for control characters.
    public static String printable(String name) {
        boolean safe = true;
        for (int i = 0; i < name.length() && safe; i++) {
            char c = name.charAt(i);
            safe = c > 0x1f && c < 0x7f && c != '\\';
        }
        if (safe || name.codePoints().noneMatch(Escapes::isUnsafe)) return name;
        StringBuilder out = new StringBuilder(name.length() + 16);
        name.codePoints().forEach(c -> append(c, out));
        return out.toString();
    }

    private static boolean isUnsafe(int c) {
        if (RawText.isEscape(c)) return c <= 0xdc9f;
        return c == '\\' || !isVisible(c);
    }

    /// What Go calls printable: letters, marks, numbers, punctuation, symbols and the blank.
    private static boolean isVisible(int c) {
        return c == ' '
                || switch (Character.getType(c)) {
                    case Character.CONTROL,
                            Character.FORMAT,
                            Character.SURROGATE,
                            Character.PRIVATE_USE,
                            Character.UNASSIGNED,
                            Character.SPACE_SEPARATOR,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR ->
                            false;
                    default -> true;
                };
    }

    private static void append(int c, StringBuilder out) {
        switch (c) {
            case '\\' -> out.append("\\\\");
            case 0x07 -> out.append("\\a");
            case '\b' -> out.append("\\b");
            case '\f' -> out.append("\\f");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            case 0x0b -> out.append("\\v");
            default -> {
                if (RawText.isEscape(c)) out.append(String.format("\\x%02x", c & 0xff));
                else if (isVisible(c)) out.appendCodePoint(c);
                else if (c < 0x80) out.append(String.format("\\x%02x", c));
                else if (c < 0x10000) out.append(String.format("\\u%04x", c));
                else out.append(String.format("\\U%08x", c));
            }
        }
    }
}
