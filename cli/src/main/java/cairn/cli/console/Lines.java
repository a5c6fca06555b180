package cairn.cli.console;

/// Breaks text into lines of at most 80 columns.
final class Lines {
    private static final int WIDTH = 80;
    private static final int COLUMN = 28;

    private Lines() {}

    /// A paragraph, indented, with a newline at its end.
    static String wrap(String text, int indent) {
        StringBuilder out = new StringBuilder(" ".repeat(indent));
        int column = indent;
        for (String word : text.split(" ", -1)) {
            if (column > indent && column + 1 + word.length() > WIDTH) {
                out.append('\n').repeat(" ", indent);
                column = indent;
            } else if (column > indent) {
                out.append(' ');
                column++;
            }
            out.append(word);
            column += word.length();
        }
        return out.append('\n').toString();
    }

    /// A head, and what it means in the column to its right.
    static String column(String head, String meaning) {
        String right = wrap(meaning, COLUMN);
        if (head.length() > COLUMN - 2) return head + "\n" + right;
        return head + right.substring(head.length());
    }
}
