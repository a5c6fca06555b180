package cairn.libp2p.dns;

import cairn.multiformats.MalformedException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// Which name servers to ask about which names, and how long to believe them.
///
/// @param servers by suffix of the name, such as `eth.`; `.` is for all other names
/// @param maxTtl the longest that an answer is kept, whatever its server says
public record DnsSettings(Map<String, NameServer> servers, Duration maxTtl) {
    /// The longest that an answer is kept if nothing else is asked for.
    public static final Duration DEFAULT_MAX_TTL = Duration.ofDays(1);

    public DnsSettings {
        servers = Map.copyOf(servers);
        if (maxTtl.isNegative()) throw new IllegalArgumentException("a negative TTL: " + maxTtl);
    }

    /// The system's servers for all names.
    public static DnsSettings system() {
        return new DnsSettings(Map.of(), DEFAULT_MAX_TTL);
    }

    /// The servers of a setting as Kubo's `DNS.Resolvers`: suffix to server, as [NameServer#parse]
    /// reads it.
    public static DnsSettings parse(Map<String, String> resolvers) throws MalformedException {
        Map<String, NameServer> servers = new HashMap<>();
        for (Map.Entry<String, String> entry : resolvers.entrySet()) {
            String suffix = canonical(entry.getKey());
            if (servers.put(suffix, NameServer.parse(entry.getValue())) != null)
                throw new MalformedException("two DNS resolvers for " + suffix);
        }
        return new DnsSettings(servers, DEFAULT_MAX_TTL);
    }

    /// The server for a name: that of the longest suffix it ends in, at a dot.
    NameServer serverFor(String name) {
        String suffix = canonical(name);
        while (!suffix.equals(".")) {
            NameServer server = servers.get(suffix);
            if (server != null) return server;
            String parent = suffix.substring(suffix.indexOf('.') + 1);
            suffix = parent.isEmpty() ? "." : parent;
        }
        return servers.getOrDefault(".", new NameServer.Host());
    }

    private static String canonical(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower : lower + ".";
    }
}
