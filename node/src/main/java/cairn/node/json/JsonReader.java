package cairn.node.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads one JSON text. Stricter than RFC 8259 asks: a name that occurs twice in an object is an
/// error, and so is a depth over 64.
final class JsonReader {
    private static final int MAX_DEPTH = 64;

    private final String text;
    private int at;

    JsonReader(String text) {
        this.text = text;
    }

    Json readWhole() throws JsonException {
        Json value = readValue(0);
        if (peek() != END) throw unexpected("after the value");
        return value;
    }

    private static final int END = -1;

    private Json readValue(int depth) throws JsonException {
        if (depth > MAX_DEPTH) throw error("nested deeper than " + MAX_DEPTH);
        int c = peek();
        return switch (c) {
            case '{' -> readObject(depth);
            case '[' -> readArray(depth);
            case '"' -> new Json.Str(readString());
            case 't' -> readWord("true", new Json.Bool(true));
            case 'f' -> readWord("false", new Json.Bool(false));
            case 'n' -> readWord("null", new Json.Null());
            default -> {
                if (c != '-' && !isDigit(c)) throw unexpected("where a value begins");
                yield readNumber();
            }
        };
    }

    private Json readObject(int depth) throws JsonException {
        Map<String, Json> members = new LinkedHashMap<>();
        at++;
        if (peek() == '}') {
            at++;
            return new Json.Obj(members);
        }
        while (true) {
            if (peek() != '"') throw unexpected("where a member's name begins");
            String name = readString();
            if (members.containsKey(name)) throw error("\"" + name + "\" is there twice");
            if (peek() != ':') throw unexpected("where ':' belongs");
            at++;
            members.put(name, readValue(depth + 1));
            if (!hasNext('}')) return new Json.Obj(members);
        }
    }

    private Json readArray(int depth) throws JsonException {
        List<Json> items = new ArrayList<>();
        at++;
        if (peek() == ']') {
            at++;
            return new Json.Arr(items);
        }
        do items.add(readValue(depth + 1));
        while (hasNext(']'));
        return new Json.Arr(items);
    }

    /// Passes a comma (true) or the end of what is read (false).
    private boolean hasNext(char close) throws JsonException {
        int c = peek();
        if (c != ',' && c != close) throw unexpected("where ',' or '" + close + "' belongs");
        at++;
        return c == ',';
    }

    private String readString() throws JsonException {
        StringBuilder out = new StringBuilder();
        at++;
        while (true) {
            int c = at < text.length() ? text.charAt(at) : END;
            if (c == END) throw error("a string doesn't end");
            if (c < 0x20) throw error("a control character in a string");
            at++;
            if (c == '"') return out.toString();
            out.append(c == '\\' ? readEscape() : (char) c);
        }
    }

    private char readEscape() throws JsonException {
        if (at >= text.length()) throw error("a string doesn't end");
        char c = text.charAt(at++);
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> readHex();
            default -> throw error("'\\" + c + "' is no escape");
        };
    }

    private char readHex() throws JsonException {
        int value = 0;
        for (int i = 0; i < 4; i++) {
            int digit = at < text.length() ? Character.digit(text.charAt(at), 16) : -1;
            if (digit < 0 || text.charAt(at) > 'f') throw error("'\\u' needs four hex digits");
            value = value << 4 | digit;
            at++;
        }
        return (char) value;
    }

    private Json readNumber() throws JsonException {
        int start = at;
        if (current() == '-') at++;
        if (current() == '0') at++;
        else readDigits();
        if (current() == '.') {
            at++;
            readDigits();
        }
        if (current() == 'e' || current() == 'E') {
            at++;
            if (current() == '+' || current() == '-') at++;
            readDigits();
        }
        return new Json.Num(text.substring(start, at));
    }

    private void readDigits() throws JsonException {
        if (!isDigit(current())) throw unexpected("where a digit belongs");
        while (isDigit(current())) at++;
    }

    private Json readWord(String word, Json value) throws JsonException {
        if (!text.startsWith(word, at)) throw unexpected("where a value begins");
        at += word.length();
        return value;
    }

    /// The next character that isn't blank, without passing it.
    private int peek() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) at++;
        return current();
    }

    private int current() {
        return at < text.length() ? text.charAt(at) : END;
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private JsonException unexpected(String where) {
        int c = current();
        return error((c == END ? "the text ends" : "'" + (char) c + "'") + " " + where);
    }

    private JsonException error(String message) {
        int line = 1;
        int column = 1;
        for (int i = 0; i < Math.min(at, text.length()); i++) {
            column++;
            if (text.charAt(i) != '\n') continue;
            line++;
            column = 1;
        }
        return new JsonException(message, line, column);
    }
}
