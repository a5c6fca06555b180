package cairn.cli.network;

import cairn.cli.console.Command;
import cairn.cli.console.Escapes;
import cairn.cli.console.Invocation;
import cairn.cli.console.Usage;
import cairn.cli.console.UsageException;
import cairn.cli.daemon.Api;
import cairn.node.json.Json;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Lists the addresses of peers that are known.
public final class SwarmAddrsCommand implements Command {
    @Override
    public Usage usage() {
        return Usage.of("swarm addrs", "List the addresses of peers that are known");
    }

    @Override
    public void run(Invocation call) throws IOException, UsageException {
        Api api = Api.of(call);
        Optional<Json.Obj> answer = api.ask("swarm/addrs", api.parameters());
        if (answer.isEmpty() || !(answer.get().get("Addrs").orElse(null) instanceof Json.Obj peers))
            return;
        for (Map.Entry<String, Json> peer : peers.members().entrySet()) {
            List<String> addresses = Api.texts(peers, peer.getKey());
            call.out().line(Escapes.printable(peer.getKey()) + " (" + addresses.size() + ")");
            for (String address : addresses) call.out().line("\t" + Escapes.printable(address));
        }
    }
}
