package cairn.rpc.diag;

import cairn.node.json.Json;
import cairn.rpc.server.Endpoint;
import cairn.rpc.server.RequestLog;
import java.util.HashMap;
import java.util.Map;

/// The endpoints about the daemon itself, by their paths.
public final class DiagEndpoints {
    private DiagEndpoints() {}

    /// @param log of the requests of all its servers
    /// @param version what the daemon says of its version
    public static Map<String, Endpoint> of(RequestLog log, Json version) {
        Requests requests = new Requests(log);
        Logs logs = new Logs();
        Map<String, Endpoint> all = new HashMap<>();
        all.put("diag/healthy", (request, reply) -> reply.value(new Json.Str("ok")));
        all.put("diag/cmds", (request, reply) -> requests.list(reply));
        all.put("diag/cmds/clear", (request, reply) -> log.clear());
        all.put("diag/cmds/set-time", requests::keep);
        all.put("diag/profile", new Profile(version)::take);
        all.put("log/ls", (request, reply) -> logs.list(reply));
        all.put("log/level", logs::level);
        all.put("log/tail", (request, reply) -> logs.tail(reply));
        return all;
    }
}
