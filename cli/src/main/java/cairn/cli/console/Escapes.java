package cairn.cli.console;

import cairn.dag.SafeText;
import cairn.node.text.RawText;

/// Makes names from afar safe to print, as [SafeText] spells them.
public final class Escapes {
    private Escapes() {}

    /// A name as Kubo prints it: unchanged when all of it can be seen, else with escapes. Bytes
    /// that aren't UTF-8 stay, unless a terminal would take them for control characters.
    public static String printable(String name) {
        boolean plain = true;
        for (int i = 0; i < name.length() && plain; i++) {
            char c = name.charAt(i);
            plain = c > 0x1f && c < 0x7f && c != '\\';
        }
        if (plain || name.codePoints().noneMatch(Escapes::isUnsafe)) return name;
        StringBuilder out = new StringBuilder(name.length() + 16);
        name.codePoints().forEach(c -> append(c, out));
        return out.toString();
    }

    private static boolean isUnsafe(int c) {
        return RawText.isEscape(c) ? c <= 0xdc9f : !SafeText.isSafe(c);
    }

    private static void append(int c, StringBuilder out) {
        if (RawText.isEscape(c)) SafeText.appendByte((byte) c, out);
        else SafeText.append(c, out);
    }
}
