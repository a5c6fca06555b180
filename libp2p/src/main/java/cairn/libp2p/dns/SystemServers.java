package cairn.libp2p.dns;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;
import org.xbill.DNS.config.ResolvConfResolverConfigProvider;
import org.xbill.DNS.hosts.HostsFileParser;

/// What the operating system knows of names: its servers (`/etc/resolv.conf`) and its file of
/// hosts, which is looked at anew when it changes.
final class SystemServers {
    /// As the system's own resolver does. Source: resolv.conf(5).
    private static final int MAX_SERVERS = 3;

    private final HostsFileParser hosts = new HostsFileParser();

    /// The servers as they are configured now.
    List<Exchange> exchanges() {
        var file = new ResolvConfResolverConfigProvider();
        file.initialize();
        List<InetSocketAddress> servers = file.servers();
        if (servers.isEmpty())
            servers = List.of(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 53));
        return servers.stream().limit(MAX_SERVERS).<Exchange>map(UdpExchange::new).toList();
    }

    /// The address of a name in the file of hosts; empty for types that it doesn't have.
    Optional<InetAddress> host(Name name, int type) {
        if (type != Type.A && type != Type.AAAA) return Optional.empty();
        try {
            return hosts.getAddressForHost(name, type)
                    .map(address -> SpecialNames.ip(address.getAddress()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
