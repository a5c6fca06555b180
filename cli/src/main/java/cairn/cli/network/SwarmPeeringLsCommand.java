package cairn.cli.network;

import cairn.cli.console.Command;
import cairn.cli.console.Escapes;
import cairn.cli.console.Invocation;
import cairn.cli.console.Usage;
import cairn.cli.console.UsageException;
import cairn.cli.daemon.Api;
import cairn.node.json.Json;
import java.io.IOException;
import java.util.Optional;

/// Lists the peers that the daemon stays connected with.
public final class SwarmPeeringLsCommand implements Command {
    @Override
    public Usage usage() {
        return Usage.of("swarm peering ls", "List the peers that the daemon stays connected with");
    }

    @Override
    public void run(Invocation call) throws IOException, UsageException {
        Api api = Api.of(call);
        Optional<Json.Obj> answer = api.ask("swarm/peering/ls", api.parameters());
        if (answer.isEmpty()) return;
        for (Json.Obj peer : Api.objects(answer.get(), "Peers")) {
            call.out().line(Api.text(peer, "ID"));
            for (String address : Api.texts(peer, "Addrs"))
                call.out().line("\t" + Escapes.printable(address));
        }
    }
}
