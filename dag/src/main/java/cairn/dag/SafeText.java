package cairn.dag;

/// Text from afar, made safe to print: a control character in it could drive a terminal, or forge a
/// line of output (CVE-2020-26283).
///
/// What can't be seen is spelled as in Go, and so in what Kubo prints: `\n`, `\x1b`, `\u202e`,
/// `\U000e0001`. A backslash is doubled, so that no text can imitate an escape.
public final class SafeText {
    private SafeText() {}

    /// Whether a character stands for itself: a letter, mark, number, punctuation, symbol or the
    /// blank, and no backslash.
    public static boolean isSafe(int codePoint) {
        return switch (codePoint) {
            case ' ' -> true;
            case '\\' -> false;
            default -> isVisible(codePoint);
        };
    }

    private static boolean isVisible(int codePoint) {
        return switch (Character.getType(codePoint)) {
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

    /// Appends a character, or its escape.
    public static void append(int codePoint, StringBuilder out) {
        switch (codePoint) {
            case '\\' -> out.append("\\\\");
            case 0x07 -> out.append("\\a");
            case '\b' -> out.append("\\b");
            case '\f' -> out.append("\\f");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            case 0x0b -> out.append("\\v");
            default -> {
                if (isSafe(codePoint)) out.appendCodePoint(codePoint);
                else if (codePoint < 0x80) appendByte((byte) codePoint, out);
                else if (codePoint < 0x10000) out.append(String.format("\\u%04x", codePoint));
                else out.append(String.format("\\U%08x", codePoint));
            }
        }
    }

    /// Appends the escape of a byte that is no text.
    public static void appendByte(byte b, StringBuilder out) {
        out.append(String.format("\\x%02x", b));
    }
}
