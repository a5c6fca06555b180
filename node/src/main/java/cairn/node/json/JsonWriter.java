package cairn.node.json;

import java.util.Iterator;
import java.util.Map;

/// Writes JSON text with the escapes that Go's encoder uses, so that lines compare equal to Kubo's:
/// besides what must be escaped, `<`, `>`, `&` and the two line separators of Unicode. Half a
/// surrogate pair, which UTF-8 can't say, becomes the replacement character.
final class JsonWriter {
    private final StringBuilder out = new StringBuilder();
    private final boolean indented;
    private int depth;

    JsonWriter(boolean indented) {
        this.indented = indented;
    }

    JsonWriter write(Json value) {
        switch (value) {
            case Json.Obj(var members) -> writeObject(members);
            case Json.Arr(var items) -> writeArray(items.iterator());
            case Json.Str(var text) -> writeString(text);
            case Json.Num(var digits) -> out.append(digits);
            case Json.Bool(var truth) -> out.append(truth);
            case Json.Null() -> out.append("null");
        }
        return this;
    }

    private void writeObject(Map<String, Json> members) {
        out.append('{');
        depth++;
        String between = "";
        for (Map.Entry<String, Json> member : members.entrySet()) {
            out.append(between);
            newLine();
            writeString(member.getKey());
            out.append(indented ? ": " : ":");
            write(member.getValue());
            between = ",";
        }
        depth--;
        if (!members.isEmpty()) newLine();
        out.append('}');
    }

    private void writeArray(Iterator<Json> items) {
        boolean empty = !items.hasNext();
        out.append('[');
        depth++;
        while (items.hasNext()) {
            newLine();
            write(items.next());
            if (items.hasNext()) out.append(',');
        }
        depth--;
        if (!empty) newLine();
        out.append(']');
    }

    private void newLine() {
        if (indented) out.append('\n').repeat("  ", depth);
    }

    private void writeString(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            switch (c) {
                case '"', '\\' -> out.append('\\').append((char) c);
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '<', '>', '&', 0x2028, 0x2029 -> writeHex(c);
                default -> {
                    if (c < 0x20) writeHex(c);
                    else if (c >= 0xd800 && c <= 0xdfff) out.append("\\ufffd");
                    else out.appendCodePoint(c);
                }
            }
        }
        out.append('"');
    }

    private void writeHex(int c) {
        out.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4)
            out.append(Character.forDigit(c >> shift & 0xf, 16));
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
