package cairn.rpc.server;

import cairn.node.text.RawText;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Text in which a percent sign and two digits stand for a byte, and a plus for a blank, as in the
/// query of a URL.
final class PercentText {
    private PercentText() {}

    /// The bytes that a text stands for; those of the text itself where a percent sign stands
    /// alone, as it does with clients that don't encode.
    static ByteBuffer decode(String text) {
        byte[] raw = text.getBytes(StandardCharsets.UTF_8);
        return decoded(raw).orElse(ByteBuffer.wrap(raw)).asReadOnlyBuffer();
    }

    private static Optional<ByteBuffer> decoded(byte[] raw) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(raw.length);
        for (int i = 0; i < raw.length; i++) {
            switch (raw[i]) {
                case '+' -> bytes.write(' ');
                case '%' -> {
                    if (i + 2 >= raw.length) return Optional.empty();
                    int high = Character.digit(raw[++i], 16);
                    int low = Character.digit(raw[++i], 16);
                    if (high < 0 || low < 0) return Optional.empty();
                    bytes.write(high << 4 | low);
                }
                default -> bytes.write(raw[i]);
            }
        }
        return Optional.of(ByteBuffer.wrap(bytes.toByteArray()));
    }

    /// The parameters of a query, in order, as raw text: a name that isn't UTF-8 stays what it is.
    ///
    /// @throws RequestException when there are more than [Request#MAX_PARAMETERS]
    static Map<String, List<String>> parameters(String query) throws RequestException {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        int count = 0;
        for (int start = 0; start < query.length(); ) {
            int end = query.indexOf('&', start);
            if (end < 0) end = query.length();
            String parameter = query.substring(start, end);
            start = end + 1;
            if (parameter.isEmpty()) continue;
            if (++count > Request.MAX_PARAMETERS)
                throw new RequestException(
                        "more than " + Request.MAX_PARAMETERS + " arguments and options");
            int equals = parameter.indexOf('=');
            String name = equals < 0 ? parameter : parameter.substring(0, equals);
            String value = equals < 0 ? "" : parameter.substring(equals + 1);
            parameters.computeIfAbsent(text(name), _ -> new ArrayList<>()).add(text(value));
        }
        return parameters;
    }

    /// The parameters behind the question mark of a text; none where there is no such mark.
    static Map<String, String> query(String text) {
        Map<String, String> parameters = new HashMap<>();
        int start = text.indexOf('?');
        if (start < 0) return parameters;
        for (String parameter : text.substring(start + 1).split("&", -1)) {
            int equals = parameter.indexOf('=');
            if (equals < 0) continue;
            parameters.putIfAbsent(
                    text(parameter.substring(0, equals)), text(parameter.substring(equals + 1)));
        }
        return parameters;
    }

    private static String text(String encoded) {
        ByteBuffer decoded = decode(encoded);
        byte[] bytes = new byte[decoded.remaining()];
        decoded.get(bytes);
        return RawText.decode(bytes);
    }
}
