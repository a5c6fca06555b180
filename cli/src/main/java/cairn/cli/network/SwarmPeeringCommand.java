package cairn.cli.network;

import cairn.cli.console.Command;
import cairn.cli.console.Invocation;
import cairn.cli.console.Usage;
import cairn.cli.console.UsageException;
import cairn.cli.daemon.Api;
import cairn.node.json.Json;
import cairn.rpc.client.Answer;
import java.io.IOException;
import java.util.Optional;

/// Has the daemon stay connected with peers, or no longer.
public final class SwarmPeeringCommand implements Command {
    private final boolean adds;

    private SwarmPeeringCommand(boolean adds) {
        this.adds = adds;
    }

    public static SwarmPeeringCommand add() {
        return new SwarmPeeringCommand(true);
    }

    public static SwarmPeeringCommand rm() {
        return new SwarmPeeringCommand(false);
    }

    @Override
    public Usage usage() {
        if (!adds)
            return Usage.of("swarm peering rm", "Stay connected with peers no longer")
                    .arguments("<peer>...", 1, Integer.MAX_VALUE)
                    .explain("Connections that are there stay.");
        return Usage.of("swarm peering add", "Stay connected with peers")
                .arguments("<address>...", 1, Integer.MAX_VALUE)
                .explain(
                        "The daemon connects to them, again whenever a connection ends, and closes"
                                + " theirs last. Until it ends itself; the setting Peering.Peers is"
                                + " for always.")
                .example(
                        "cairn swarm peering add /ip4/192.0.2.1/tcp/4001/p2p/12D3...",
                        "stays connected with a peer");
    }

    @Override
    public void run(Invocation call) throws IOException, UsageException {
        Api api = Api.of(call);
        String path = adds ? "swarm/peering/add" : "swarm/peering/rm";
        try (Answer answer = api.call(path, api.parameters().arguments(call.arguments()))) {
            for (Optional<Json> line = answer.next(); line.isPresent(); line = answer.next()) {
                if (call.globals().json()) call.out().json(line.get());
                else if (line.get() instanceof Json.Obj peer)
                    call.out()
                            .line(
                                    (adds ? "add " : "remove ")
                                            + Api.text(peer, "ID")
                                            + " "
                                            + Api.text(peer, "Status"));
            }
        }
    }
}
