package cairn.rpc.repo;

import cairn.node.NodeOptions;
import cairn.node.json.Json;
import cairn.node.network.BootstrapList;
import cairn.node.repo.NetworkSettings;
import cairn.rpc.server.Reply;
import cairn.rpc.server.Request;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// The peers that lead into the network: `bootstrap` and what is below it.
final class Bootstraps {
    private final BootstrapList peers;

    Bootstraps(Path repo, NodeOptions options) {
        this.peers = new BootstrapList(repo, options);
    }

    void list(Reply reply) throws IOException {
        answer(peers.get(), reply);
    }

    void add(Request request, Reply reply) throws IOException {
        if (request.flag("default")) {
            addAuto(reply);
            return;
        }
        List<String> named = request.arguments("peer");
        peers.add(named);
        answer(named, reply);
    }

    void addAuto(Reply reply) throws IOException {
        List<String> named = List.of(NetworkSettings.AUTO);
        peers.add(named);
        answer(named, reply);
    }

    void remove(Request request, Reply reply) throws IOException {
        if (request.flag("all")) clear(reply);
        else answer(peers.remove(request.arguments("peer")), reply);
    }

    void clear(Reply reply) throws IOException {
        answer(peers.clear(), reply);
    }

    private static void answer(List<String> addresses, Reply reply) throws IOException {
        Json texts = new Json.Arr(addresses.stream().<Json>map(Json.Str::new).toList());
        reply.value(new Json.Obj(Map.of("Peers", texts)));
    }
}
