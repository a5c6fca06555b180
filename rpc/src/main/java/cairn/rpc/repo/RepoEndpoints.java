package cairn.rpc.repo;

import static cairn.rpc.server.Endpoint.withShortName;

import cairn.node.NodeOptions;
import cairn.rpc.server.Endpoint;
import java.nio.file.Path;
import java.util.Map;

/// The endpoints that are about what a repo keeps of its node, by their paths.
public final class RepoEndpoints {
    private RepoEndpoints() {}

    /// The endpoints of a repo.
    public static Map<String, Endpoint> of(Path repo, NodeOptions options) {
        Bootstraps bootstraps = new Bootstraps(repo, options);
        KeyRing keys = new KeyRing(repo, options);
        Configs configs = new Configs(repo, options);
        Endpoint list = (request, reply) -> bootstraps.list(reply);
        return Map.ofEntries(
                Map.entry("bootstrap", list),
                Map.entry("bootstrap/list", list),
                Map.entry("bootstrap/add", bootstraps::add),
                Map.entry("bootstrap/add/default", (request, reply) -> bootstraps.addAuto(reply)),
                Map.entry("bootstrap/rm", bootstraps::remove),
                Map.entry("bootstrap/rm/all", (request, reply) -> bootstraps.clear(reply)),
                Map.entry("key/list", keys::list),
                Map.entry("key/ls", keys::list),
                Map.entry(
                        "key/gen",
                        withShortName("t", "type", withShortName("s", "size", keys::generate))),
                Map.entry("key/rm", keys::remove),
                Map.entry("key/rename", withShortName("f", "force", keys::rename)),
                Map.entry("config", configs::getOrSet),
                Map.entry("config/show", (request, reply) -> configs.show(reply)));
    }
}
