package cairn.rpc.server;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Says which requests may come in. A web page of another origin may not, whichever way its browser
/// was brought to send one: `Origin` and `Referer` must be this server's own, and `Host` must name
/// this machine, which a name that was rebound in DNS does not.
final class Gate {
    private static final Set<String> HOSTS =
            Set.of("localhost", "127.0.0.1", "[::1]", "::1", "0:0:0:0:0:0:0:1");

    private Gate() {}

    /// Why a request may not come in; empty when it may.
    static Optional<String> refusal(HttpServletRequest request) {
        String host = request.getHeader("Host");
        if (host == null || !isLocal(URI_SCHEME + host))
            return Optional.of("this API answers to localhost alone, not to the host " + host);
        for (String header : Set.of("Origin", "Referer")) {
            String from = request.getHeader(header);
            if (from != null && !isOwn(from, host))
                return Optional.of("requests of other origins are refused");
        }
        return Optional.empty();
    }

    private static final String URI_SCHEME = "http://";

    private static boolean isOwn(String origin, String host) {
        Optional<URI> from = parse(origin);
        Optional<URI> to = parse(URI_SCHEME + host);
        return from.isPresent()
                && to.isPresent()
                && isLocal(origin)
                && "http".equals(from.get().getScheme())
                && from.get().getPort() == to.get().getPort();
    }

    private static boolean isLocal(String uri) {
        Optional<String> host = parse(uri).map(URI::getHost);
        return host.isPresent() && HOSTS.contains(host.get().toLowerCase(Locale.ROOT));
    }

    private static Optional<URI> parse(String text) {
        try {
            return Optional.of(new URI(text));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
