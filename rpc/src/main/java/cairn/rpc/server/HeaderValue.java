package cairn.rpc.server;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A header's value with its parameters, such as `form-data; name="file"; filename="a.txt"`.
/// Source: RFC 9110, section 5.6.6.
///
/// @param value in lower case
/// @param parameters by their names in lower case
record HeaderValue(String value, Map<String, String> parameters) {
    HeaderValue {
        parameters = Map.copyOf(parameters);
    }

    static HeaderValue parse(String text) {
        int end = text.indexOf(';');
        String value = (end < 0 ? text : text.substring(0, end)).strip().toLowerCase(Locale.ROOT);
        Map<String, String> parameters = new HashMap<>();
        Reader reader = new Reader(text, end < 0 ? text.length() : end);
        while (reader.hasMore()) reader.readInto(parameters);
        return new HeaderValue(value, parameters);
    }

    Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    /// Reads parameters, each behind a semicolon. What isn't one is passed over.
    private static final class Reader {
        private final String text;
        private int at;

        Reader(String text, int at) {
            this.text = text;
            this.at = at;
        }

        boolean hasMore() {
            return at < text.length();
        }

        void readInto(Map<String, String> parameters) {
            at++; // the semicolon
            int start = at;
            while (hasMore() && text.charAt(at) != '=' && text.charAt(at) != ';') at++;
            String name = text.substring(start, at).strip().toLowerCase(Locale.ROOT);
            if (!hasMore() || text.charAt(at) == ';') return;
            at++;
            while (hasMore() && text.charAt(at) == ' ') at++;
            String value = hasMore() && text.charAt(at) == '"' ? quoted() : token();
            while (hasMore() && text.charAt(at) != ';') at++;
            parameters.putIfAbsent(name, value);
        }

        private String token() {
            int start = at;
            while (hasMore() && text.charAt(at) != ';') at++;
            return text.substring(start, at).strip();
        }

        private String quoted() {
            StringBuilder value = new StringBuilder();
            for (at++; hasMore() && text.charAt(at) != '"'; at++) {
                if (text.charAt(at) == '\\' && at + 1 < text.length()) at++;
                value.append(text.charAt(at));
            }
            return value.toString();
        }
    }
}
