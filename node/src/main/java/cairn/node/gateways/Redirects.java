package cairn.node.gateways;

import cairn.libp2p.address.AddressKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// Which redirects are followed: those to other HTTP servers, never from one on the internet to
/// this host or a network of one's own, and never out of TLS.
///
/// A name is looked up here and once more as it is connected to; the JDK remembers what it found
/// for longer than lies between.
final class Redirects {
    /// So many in a row. Gateways need one or two: to TLS, and to the host that is the CID.
    static final int MOST = 5;

    private static final int MAX_CHARS = SourceAddress.MAX_CHARS;

    private final Names names;

    /// Finds the addresses of hosts.
    @FunctionalInterface
    interface Names {
        List<InetAddress> of(String host) throws UnknownHostException;

        /// As the system does.
        static List<InetAddress> system(String host) throws UnknownHostException {
            return Stream.of(InetAddress.getAllByName(host)).toList();
        }
    }

    Redirects(Names names) {
        this.names = names;
    }

    /// Where a redirect leads.
    ///
    /// @param named the URL that the settings have, which may be anywhere
    /// @param from the URL that answered
    /// @param location what it said
    /// @throws UnusableAnswerException when it isn't followed
    URI next(URI named, URI from, String location) throws IOException {
        URI to = target(from, location);
        if (isSecure(from) && !isSecure(to))
            throw new UnusableAnswerException(from + " leads out of TLS, to " + to);
        if (!to.getHost().equals(named.getHost()) && isPublic(named) && !isAllPublic(to))
            throw new UnusableAnswerException(
                    from + " leads into a network of one's own, to " + to);
        return to;
    }

    private static URI target(URI from, String location) throws IOException {
        if (location.length() > MAX_CHARS)
            throw new UnusableAnswerException(
                    from + " leads to a URL of " + location.length() + " characters");
        URI to;
        try {
            to = from.resolve(location);
        } catch (IllegalArgumentException e) {
            throw new UnusableAnswerException(from + " leads to what is no URL");
        }
        String scheme = to.getScheme().toLowerCase(Locale.ROOT);
        boolean http = scheme.equals("http") || scheme.equals("https");
        if (!http || to.getHost() == null || to.getRawUserInfo() != null)
            throw new UnusableAnswerException(from + " leads to no HTTP server");
        return to;
    }

    private static boolean isSecure(URI uri) {
        return uri.getScheme().equalsIgnoreCase("https");
    }

    private boolean isPublic(URI uri) throws IOException {
        return names.of(uri.getHost()).stream().anyMatch(Redirects::isPublic);
    }

    private boolean isAllPublic(URI uri) throws IOException {
        return names.of(uri.getHost()).stream().allMatch(Redirects::isPublic);
    }

    private static boolean isPublic(InetAddress address) {
        return AddressKind.of(address) == AddressKind.PUBLIC;
    }
}
