package cairn.node.gateways;

import cairn.libp2p.address.AddressKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Which redirects are followed: those to other HTTP servers, never from one on the internet to
/// this host or a network of one's own, and never out of TLS.
///
/// Whether a server that the settings name is on the internet is decided when it is asked first,
/// and holds from then on, whatever its name leads to later. Where a redirect of such a server
/// leads over plain HTTP, the address that was checked is the one to connect to. Over TLS the
/// certificate says that the server is who its name says, wherever that leads.
///
/// Safe for many threads at once. What was decided is in `decided`, one entry for each source.
final class Redirects {
    /// So many in a row. Gateways need one or two: to TLS, and to the host that is the CID.
    static final int MOST = 5;

    private static final int HTTP_PORT = 80;
    private static final int MAX_CHARS = SourceAddress.MAX_CHARS;

    private final Names names;
    private final Predicate<InetAddress> isPublic;
    private final Map<String, Boolean> decided = new ConcurrentHashMap<>();

    /// Where a redirect leads.
    ///
    /// @param address the one to connect to; empty where any will do that the name has
    record Step(URI uri, Optional<InetSocketAddress> address) {}

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
        this(names, address -> AddressKind.of(address) == AddressKind.PUBLIC);
    }

    /// @param isPublic whether an address is one on the internet
    Redirects(Names names, Predicate<InetAddress> isPublic) {
        this.names = names;
        this.isPublic = isPublic;
    }

    /// A server that the settings name is about to be asked.
    ///
    /// @throws UnusableAnswerException when it was on the internet and its name leads into a
    ///   network of one's own by now
    void begin(URI named) throws IOException {
        if (isPublic(named) && !isSecure(named)) checked(named, named);
    }

    /// Where a redirect leads.
    ///
    /// @param named the URL that the settings have, which may be anywhere
    /// @param from the URL that answered
    /// @param location what it said
    /// @throws UnusableAnswerException when it isn't followed
    Step next(URI named, URI from, String location) throws IOException {
        URI to = target(from, location);
        if (isSecure(from) && !isSecure(to))
            throw new UnusableAnswerException(from + " leads out of TLS, to " + to);
        if (!isPublic(named)) return new Step(to, Optional.empty());
        InetAddress address = checked(from, to);
        if (isSecure(to)) return new Step(to, Optional.empty());
        int port = to.getPort() < 0 ? HTTP_PORT : to.getPort();
        return new Step(to, Optional.of(new InetSocketAddress(address, port)));
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

    /// Whether a named server is on the internet: one of its addresses is enough.
    private boolean isPublic(URI named) throws IOException {
        Boolean known = decided.get(named.getHost());
        if (known != null) return known;
        boolean is = names.of(named.getHost()).stream().anyMatch(isPublic);
        Boolean before = decided.putIfAbsent(named.getHost(), is);
        return before == null ? is : before;
    }

    /// An address of a server, all of which are on the internet.
    private InetAddress checked(URI from, URI to) throws IOException {
        List<InetAddress> all = names.of(to.getHost());
        if (all.isEmpty() || !all.stream().allMatch(isPublic))
            throw new UnusableAnswerException(
                    from + " leads into a network of one's own, to " + to);
        return all.getFirst();
    }
}
