package cairn.rpc.network;

import cairn.libp2p.host.Host;
import cairn.libp2p.limits.ResourceSnapshot;
import cairn.libp2p.limits.ScopeLimits;
import cairn.libp2p.limits.ScopeState;
import cairn.libp2p.limits.ScopeUsage;
import cairn.node.json.Json;
import cairn.rpc.server.Reply;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/// What is in use, and what may be: `swarm/resources`.
final class Resources {
    private static final String UNLIMITED = "unlimited";
    private static final String BLOCKED = "blockAll";

    private final Host host;

    Resources(Host host) {
        this.host = host;
    }

    void show(Reply reply) throws IOException {
        ResourceSnapshot now = host.limits().snapshot();
        reply.value(
                new Fields()
                        .put("System", scope(now.system()))
                        .put("Transient", scope(now.transientScope()))
                        .put("Services", new Json.Obj(Map.of()))
                        .put("Protocols", scopes(now.protocols()))
                        .put("Peers", scopes(now.peers()))
                        .object());
    }

    private static Json scopes(Map<?, ScopeState> states) {
        Map<String, Json> sorted = new TreeMap<>();
        states.forEach((name, state) -> sorted.put(name.toString(), scope(state)));
        return new Json.Obj(sorted);
    }

    private static Json scope(ScopeState state) {
        ScopeLimits most = state.limits();
        ScopeUsage used = state.usage();
        return new Fields()
                .text("Memory", memory(most.memory()))
                .number("MemoryUsage", used.memory())
                .put("FD", count(most.descriptors()))
                .number("FDUsage", used.descriptors())
                .put("Conns", count(most.connections()))
                .number("ConnsUsage", used.connections())
                .put("ConnsInbound", count(most.inboundConnections()))
                .number("ConnsInboundUsage", used.inboundConnections())
                .put("ConnsOutbound", count(most.outboundConnections()))
                .number("ConnsOutboundUsage", used.outboundConnections())
                .put("Streams", count(most.streams()))
                .number("StreamsUsage", used.streams())
                .put("StreamsInbound", count(most.inboundStreams()))
                .number("StreamsInboundUsage", used.inboundStreams())
                .put("StreamsOutbound", count(most.outboundStreams()))
                .number("StreamsOutboundUsage", used.outboundStreams())
                .object();
    }

    private static String memory(long most) {
        if (most == Long.MAX_VALUE) return UNLIMITED;
        return most == 0 ? BLOCKED : Long.toString(most);
    }

    private static Json count(int most) {
        if (most == ScopeLimits.UNLIMITED) return new Json.Str(UNLIMITED);
        return most == 0 ? new Json.Str(BLOCKED) : Json.Num.of(most);
    }
}
