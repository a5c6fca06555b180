package cairn.libp2p.dns;

import cairn.multiformats.MalformedException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Set;

/// A name server is who answers questions about names.
public sealed interface NameServer {
    /// The servers that the operating system is configured with, and its file of hosts.
    record Host() implements NameServer {}

    /// A server of plain DNS: over UDP, and over TCP where an answer doesn't fit.
    record Udp(InetSocketAddress address) implements NameServer {}

    /// A server of DNS over HTTPS. Source: RFC 8484.
    record Https(URI uri) implements NameServer {}

    /// The server that a setting names: an `https:` URL (`http:` on loopback alone),
    /// `udp:HOST:PORT` with an IP address as host (IPv6 in brackets), or nothing for the system's.
    static NameServer parse(String text) throws MalformedException {
        if (text.isEmpty()) return new Host();
        URI uri;
        try {
            uri = URI.create(text.startsWith("udp:") ? "udp://" + text.substring(4) : text);
        } catch (IllegalArgumentException e) {
            throw new MalformedException("DNS resolver \"" + text + "\": " + e.getMessage());
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme();
        String host = uri.getHost() == null ? "" : uri.getHost();
        return switch (scheme) {
            case "https" -> {
                if (host.isEmpty()) throw unknown(text);
                yield new Https(uri);
            }
            case "http" -> {
                if (!Set.of("127.0.0.1", "[::1]", "localhost").contains(host)) throw unknown(text);
                yield new Https(uri);
            }
            case "udp" -> {
                var ip = SpecialNames.literal(host).orElseThrow(() -> unknown(text));
                if (uri.getPort() <= 0 || uri.getPort() > 0xffff) throw unknown(text);
                yield new Udp(new InetSocketAddress(ip, uri.getPort()));
            }
            default -> throw unknown(text);
        };
    }

    private static MalformedException unknown(String text) {
        return new MalformedException(
                "DNS resolver \"" + text + "\": expected an https: URL or udp:IP:PORT");
    }
}
