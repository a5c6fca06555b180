package cairn.node.gateways;

import cairn.multiformats.Cid;
import cairn.multiformats.MalformedException;
import cairn.multiformats.multiaddr.AddressProtocol;
import cairn.multiformats.multiaddr.Component;
import cairn.multiformats.multiaddr.Multiaddr;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/// Where a source of blocks is: a URL (`https://example.org`, `http://127.0.0.1:8080`,
/// `https://example.org/data.car`) or a multiaddr (`/dns/example.org/tcp/443/tls/http`,
/// `/dns/example.org/tcp/443/https`, `/ip4/127.0.0.1/tcp/8080/http`, with a path as `/http-path`).
/// Source of the multiaddrs: libp2p/specs, http.
///
/// **Limit:** [#MAX_CHARS] characters.
///
/// @param form what is there
/// @param uri absolute, without user and fragment; of a gateway also without query, and its path
///   has no slash at its end and no `/ipfs`
public record SourceAddress(Form form, URI uri) {
    /// As long as a URL may be for most servers.
    public static final int MAX_CHARS = 8192;

    private static final int MOST_PORT = 65_535;
    private static final String BLOCKS = "/ipfs";

    /// What is at an address.
    public enum Form {
        /// A server that gives blocks by their CIDs.
        GATEWAY,
        /// One archive: a path that ends in `.car`, or a query with `format=car`.
        ARCHIVE
    }

    /// Reads a URL or multiaddr.
    ///
    /// @throws MalformedException when it is neither, or nothing that can be asked over HTTP
    public static SourceAddress parse(String text) throws MalformedException {
        if (text.length() > MAX_CHARS)
            throw new MalformedException(
                    "an address of " + text.length() + " characters; at most " + MAX_CHARS);
        return of(text.startsWith("/") ? url(Multiaddr.parse(text)) : text);
    }

    private static SourceAddress of(String text) throws MalformedException {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            throw new MalformedException(text + " is no URL: " + e.getReason());
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https"))
            throw new MalformedException(text + " is no URL with http or https");
        if (uri.getHost() == null) throw new MalformedException(text + " names no host");
        if (uri.getPort() == 0 || uri.getPort() > MOST_PORT)
            throw new MalformedException(text + " has a port that there isn't");
        if (uri.getRawUserInfo() != null)
            throw new MalformedException("a URL with a user can't be a source");
        if (uri.getRawFragment() != null)
            throw new MalformedException(text + " has a fragment, which is sent to no server");
        if (isArchive(uri)) return new SourceAddress(Form.ARCHIVE, uri);
        if (uri.getRawQuery() != null)
            throw new MalformedException(
                    text + " has a query; only an archive's URL may (format=car)");
        return new SourceAddress(Form.GATEWAY, base(uri));
    }

    private static boolean isArchive(URI uri) {
        String query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
        return uri.getRawPath().toLowerCase(Locale.ROOT).endsWith(".car")
                || ("&" + query + "&").contains("&format=car&");
    }

    private static URI base(URI uri) {
        String path = uri.getRawPath();
        while (path.endsWith("/")) path = path.substring(0, path.length() - 1);
        if (path.endsWith(BLOCKS)) path = path.substring(0, path.length() - BLOCKS.length());
        return URI.create(uri.getScheme() + "://" + uri.getRawAuthority() + path);
    }

    /// The URL that a multiaddr says: a host, a TCP port, perhaps TLS, and HTTP.
    private static String url(Multiaddr address) throws MalformedException {
        Deque<Component> parts = new ArrayDeque<>(address.components());
        String host = host(parts, address);
        if (!isNext(parts, AddressProtocol.TCP)) throw unfit(address);
        String port = parts.removeFirst().value();
        String scheme = "http";
        if (isNext(parts, AddressProtocol.HTTPS)) {
            scheme = "https";
            parts.removeFirst();
        } else {
            if (isNext(parts, AddressProtocol.TLS)) {
                scheme = "https";
                parts.removeFirst();
            }
            if (!isNext(parts, AddressProtocol.HTTP)) throw unfit(address);
            parts.removeFirst();
        }
        String path = isNext(parts, AddressProtocol.HTTP_PATH) ? path(parts.removeFirst()) : "";
        if (!parts.isEmpty()) throw unfit(address);
        return scheme + "://" + host + ":" + port + path;
    }

    private static String host(Deque<Component> parts, Multiaddr address)
            throws MalformedException {
        if (parts.isEmpty()) throw unfit(address);
        Component host = parts.removeFirst();
        return switch (host.protocol()) {
            case IP4, DNS, DNS4, DNS6 -> host.value();
            case IP6 -> "[" + host.value() + "]";
            default -> throw unfit(address);
        };
    }

    private static boolean isNext(Deque<Component> parts, AddressProtocol protocol) {
        return !parts.isEmpty() && parts.getFirst().protocol() == protocol;
    }

    /// The path with its slashes, which the value has escaped.
    private static String path(Component component) {
        String path = component.value().replace("%2F", "/").replace("%2f", "/");
        return path.startsWith("/") ? path : "/" + path;
    }

    private static MalformedException unfit(Multiaddr address) {
        return new MalformedException(
                address
                        + " can't be asked over HTTP; such as /dns/example.org/tcp/443/tls/http can");
    }

    /// Where a block is.
    URI block(Cid cid) {
        if (form != Form.GATEWAY) throw new IllegalStateException(uri + " is an archive");
        return URI.create(uri + BLOCKS + "/" + cid + "?format=raw");
    }

    @Override
    public String toString() {
        return uri.toString();
    }
}
