package cairn.libp2p.dns;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Names whose answer is known without asking: IP addresses, names of this host, and names that no
/// server may be asked about. Sources: RFC 6761, RFC 7686.
final class SpecialNames {
    private static final Pattern FOUR = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
    private static final byte[] LOOPBACK4 = {127, 0, 0, 1};
    private static final byte[] LOOPBACK6 = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

    private SpecialNames() {}

    /// The addresses of a special name, perhaps none; empty for a name that a server must be asked
    /// about.
    static Optional<List<InetAddress>> addresses(String name) {
        Optional<InetAddress> literal = literal(name);
        if (literal.isPresent()) return Optional.of(List.of(literal.get()));
        String lower = "." + bare(name).toLowerCase(Locale.ROOT);
        if (lower.endsWith(".localhost")) return Optional.of(List.of(ip(LOOPBACK4), ip(LOOPBACK6)));
        if (lower.endsWith(".invalid") || lower.endsWith(".onion")) return Optional.of(List.of());
        return Optional.empty();
    }

    /// The IP address that a text is, IPv6 with or without brackets.
    static Optional<InetAddress> literal(String text) {
        try {
            if (FOUR.matcher(text).matches()) return Optional.of(Inet4Address.ofLiteral(text));
            boolean bracketed = text.startsWith("[") && text.endsWith("]");
            String six = bracketed ? text.substring(1, text.length() - 1) : text;
            if (six.indexOf(':') < 0 || six.indexOf('%') >= 0) return Optional.empty();
            return Optional.of(Inet6Address.ofLiteral(six));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// A name without the dot at its end.
    static String bare(String name) {
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }

    static InetAddress ip(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of 4 or 16 bytes", e);
        }
    }
}
