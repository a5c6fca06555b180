package cairn.rpc.network;

import static cairn.rpc.server.Endpoint.withShortName;

import cairn.libp2p.host.Host;
import cairn.rpc.server.Endpoint;
import java.util.Map;

/// The endpoints that are about a host, by their paths.
public final class NetworkEndpoints {
    private NetworkEndpoints() {}

    /// The endpoints of a host.
    ///
    /// @param agent what peers are told that the program is
    /// @param settings where changes are kept
    public static Map<String, Endpoint> of(Host host, String agent, Settings settings) {
        Identities identities = new Identities(host, agent);
        Connections connections = new Connections(host, identities);
        Filters filters = new Filters(host.filters(), settings);
        KeptPeers kept = new KeptPeers(host);
        Traffics traffics = new Traffics(host.bandwidth());
        Resources resources = new Resources(host);
        return Map.ofEntries(
                Map.entry("id", identities::id),
                Map.entry("ping", withShortName("n", "count", new Pings(host)::ping)),
                Map.entry("swarm/peers", withShortName("v", "verbose", connections::peers)),
                Map.entry("swarm/connect", connections::connect),
                Map.entry("swarm/disconnect", connections::disconnect),
                Map.entry("swarm/addrs", (request, reply) -> connections.addresses(reply)),
                Map.entry("swarm/addrs/local", connections::local),
                Map.entry("swarm/addrs/listen", (request, reply) -> connections.listening(reply)),
                Map.entry("swarm/filters", (request, reply) -> filters.list(reply)),
                Map.entry("swarm/filters/add", filters::add),
                Map.entry("swarm/filters/rm", filters::remove),
                Map.entry("swarm/peering/ls", (request, reply) -> kept.list(reply)),
                Map.entry("swarm/peering/add", kept::add),
                Map.entry("swarm/peering/rm", kept::remove),
                Map.entry("swarm/resources", (request, reply) -> resources.show(reply)),
                Map.entry("limits", traffics::limits),
                Map.entry(
                        "stats/bw",
                        withShortName(
                                "p",
                                "peer",
                                withShortName(
                                        "t",
                                        "proto",
                                        withShortName("i", "interval", traffics::show)))));
    }
}
