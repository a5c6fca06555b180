package cairn.rpc.client;

import cairn.node.text.RawText;
import java.util.HexFormat;
import java.util.List;

/// The parameters of a call, in the order in which they are added. They are raw text, and are
/// percent-encoded byte by byte.
public final class Parameters {
    /// What stands for itself. Source: RFC 3986, section 2.3.
    private static final String UNRESERVED =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private final StringBuilder query = new StringBuilder();

    /// Adds arguments.
    public Parameters arguments(List<String> values) {
        for (String value : values) option("arg", value);
        return this;
    }

    /// Adds an option.
    public Parameters option(String name, String value) {
        query.append(query.isEmpty() ? '?' : '&');
        append(name);
        query.append('=');
        append(value);
        return this;
    }

    private void append(String text) {
        for (byte b : RawText.encode(text)) {
            if (UNRESERVED.indexOf(b) >= 0) query.append((char) b);
            else query.append('%').append(HEX.toHexDigits(b));
        }
    }

    String query() {
        return query.toString();
    }
}
