package cairn.rpc.server;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// Says which requests may come in. A web page of another origin may not unless the settings name
/// it, whichever way its browser was brought to send one: `Origin` and `Referer` must be this
/// server's own, and `Host` must be an address, or a name that the settings have, which a name that
/// was rebound in DNS is not. Who comes from beyond this machine shows a secret, or comes from a
/// network that is trusted; who has the unix socket may do all.
final class Gate {
    private static final String URI_SCHEME = "http://";
    private static final String LOCAL = "localhost";

    private final Callers callers;

    /// Whether the server is at a socket that only the owner of its file reaches.
    private final boolean owners;

    Gate(Callers callers, boolean owners) {
        this.callers = callers;
        this.owners = owners;
    }

    /// Why a request may not come in; empty when it may.
    Optional<String> refusal(HttpServletRequest request) {
        String host = request.getHeader("Host");
        if (host == null || !isOurs(host))
            return Optional.of(
                    "this API answers to localhost and to what the setting API.Hosts names, not to"
                            + " the host "
                            + Request.brief(String.valueOf(host)));
        for (String header : Set.of("Origin", "Referer")) {
            String from = request.getHeader(header);
            if (from != null && !isOwn(from, host) && !isAllowed(from))
                return Optional.of("requests of other origins are refused");
        }
        return isPreflight(request) || mayCall(request)
                ? Optional.empty()
                : Optional.of(
                        "Please provide a valid authorization token as defined in the"
                                + " API.Authorizations configuration.");
    }

    /// The origin that is told that it may read the answer: one that the settings name.
    Optional<String> origin(HttpServletRequest request) {
        return Optional.ofNullable(request.getHeader("Origin")).filter(this::isAllowed);
    }

    private static boolean isPreflight(HttpServletRequest request) {
        return request.getMethod().equals("OPTIONS")
                && request.getHeader("Access-Control-Request-Method") != null;
    }

    private boolean mayCall(HttpServletRequest request) {
        if (owners) return true;
        String shown = Objects.requireNonNullElse(request.getHeader("Authorization"), "");
        String path = request.getRequestURI();
        if (callers.authorizations().stream().anyMatch(one -> one.allows(shown, path))) return true;
        InetAddress client = InetAddress.ofLiteral(request.getRemoteAddr());
        if (callers.trusted().stream().anyMatch(network -> network.has(client))) return true;
        return callers.authorizations().isEmpty() && client.isLoopbackAddress();
    }

    private boolean isOurs(String host) {
        Optional<String> name = parse(URI_SCHEME + host).map(URI::getHost);
        return name.isPresent() && (isLocal(name.get()) || isKnown(name.get()));
    }

    private boolean isKnown(String name) {
        return callers.hosts().contains(name.toLowerCase(Locale.ROOT))
                || (callers.isOpenBeyond() && address(name).isPresent());
    }

    private static boolean isLocal(String name) {
        return name.toLowerCase(Locale.ROOT).equals(LOCAL)
                || address(name).filter(InetAddress::isLoopbackAddress).isPresent();
    }

    private static Optional<InetAddress> address(String name) {
        try {
            return Optional.of(InetAddress.ofLiteral(name));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private boolean isAllowed(String from) {
        if (callers.origins().contains("*")) return true;
        return callers.origins().stream()
                .anyMatch(origin -> from.equals(origin) || from.startsWith(origin + "/"));
    }

    private boolean isOwn(String origin, String host) {
        Optional<URI> from = parse(origin);
        Optional<URI> to = parse(URI_SCHEME + host);
        return from.isPresent()
                && to.isPresent()
                && from.get().getHost() != null
                && isSameHost(from.get().getHost(), to.get().getHost())
                && "http".equals(from.get().getScheme())
                && from.get().getPort() == to.get().getPort();
    }

    /// All names of this machine are one host.
    private static boolean isSameHost(String one, String other) {
        return one.equalsIgnoreCase(other) || (isLocal(one) && isLocal(other));
    }

    private static Optional<URI> parse(String text) {
        try {
            return Optional.of(new URI(text));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
