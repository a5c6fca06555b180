package cairn.rpc.client;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The parameters of a call, in the order in which they are added.
public final class Parameters {
    private final StringBuilder query = new StringBuilder();

    /// Adds arguments.
    public Parameters arguments(List<String> values) {
        for (String value : values) option("arg", value);
        return this;
    }

    /// Adds an option.
    public Parameters option(String name, String value) {
        query.append(query.isEmpty() ? '?' : '&');
        query.append(URLEncoder.encode(name, StandardCharsets.UTF_8)).append('=');
        query.append(URLEncoder.encode(value, StandardCharsets.UTF_8));
        return this;
    }

    String query() {
        return query.toString();
    }
}
